import path from 'node:path';
import { isJsonObject, type JsonObject, writeJson } from '#shared/model/json.ts';
import { lengthFor } from '../../length.ts';
import { promptLesson } from '../../lessons/index.ts';
import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { lengthOptions, metaOption, systemOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { parquet } from '../../writers/parquet.ts';
import { foreignColumn, messagesFault } from '../check-conversation.ts';
import { exactRow } from '../exact.ts';
import { verlImages } from '../image-places.ts';
import { hasImages, imageFiles, imageRef, imagesFile, imagesNeed, imagesOption, takesImages } from '../images.ts';
import { groundTruth, groundTruthOption, plannedOption, taskFields, taskPrompt, taskWarnings } from '../task-row.ts';
import { verlImagesFault, visionNote } from './images.ts';
import { trainScript } from '../train-script.ts';
import { verl } from './framework.ts';
import { rewardFunction, rewardName } from './reward.ts';

/** verl's RLHFDataset: a prompt, and what its reward function is given. Nested values are JSON, so that each row has its own. */
export const verlRl: Target = {
  info: {
    target: 'verl/rl',
    framework: verl,
    method: { id: 'rl', title: 'RL', about: 'Prompts with what answers are checked against, for PPO, GRPO and the like. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'prompt, reward_model · Parquet',
    needs: ['a prompt that ends with a user or a tool', 'an expected answer, or another ground truth', imagesNeed],
    files: [
      { name: 'train.parquet', about: 'One task a row.' },
      { name: rewardName, about: 'compute_score, which compares texts: put your own check there.' },
      { name: 'train.sh', about: 'The command, with lengths that drop nothing.' },
      imagesFile,
    ],
    command: 'sh train.sh MODEL OUT',
    notes: [
      'ground_truth is always a text: what was none is its JSON. extra_info.gym is a JSON text of the task’s fields.',
      'Tools do not come from the rows: name them by actor_rollout_ref.rollout.multi_turn.tool_config_path.',
      'Verifiers drop fields from rollouts: a _materialized_inputs.jsonl beside the file has them all, and is read for them.',
      visionNote,
    ],
    options: [
      groundTruthOption,
      plannedOption,
      ...systemOptions,
      imagesOption,
      metaOption,
      ...lengthOptions('verl pads prompts to it, and fails at a longer one.'),
      ...taskSampling,
    ],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const asked = taskPrompt(rollout, settings, verlImages);
    if (typeof asked === 'string') return asked;
    const { messages: prompt, named, request, shape } = asked;
    const truth = groundTruth(rollout, settings);
    if (truth === undefined) return 'target/no-ground-truth';
    const agent = rollout.cell('agent');
    const index = rollout.object()['_ng_task_index'];
    const { responses_create_params: _, ...fields } = taskFields(rollout, settings);
    const row = {
      data_source: typeof agent === 'string' ? `nemo_gym/${agent}` : 'nemo_gym',
      prompt,
      ability: 'agent',
      reward_model: { style: 'rule', ground_truth: truth },
      extra_info: { index: typeof index === 'number' ? index : rollout.lineNumber(), gym: writeJson(fields) },
      images: takesImages(settings) ? named.map((image) => ({ image: imageRef(image, settings) })) : undefined,
      gym_meta: settings.flag('meta') ? gymMeta(rollout) : undefined,
    };
    return exactRow(row, shape, { request });
  },

  media(rollout, settings) {
    const asked = taskPrompt(rollout, settings, verlImages);
    return typeof asked === 'string' ? [] : imageFiles(asked.images, settings);
  },

  lesson: ([{ prompt } = {}]) => promptLesson(prompt, ['Tools are described by the configuration of the agent loop, not by the row.']),

  format: () => parquet,
  columns: (settings, seen) => [
    { name: 'data_source', kind: 'text' },
    { name: 'prompt', kind: 'json-list' },
    { name: 'ability', kind: 'text' },
    { name: 'reward_model', kind: 'json' },
    { name: 'extra_info', kind: 'json' },
    ...(hasImages(seen) ? [{ name: 'images', kind: 'json-list' } as const] : []),
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ],

  helpers: ({ train, validation = train }, settings, { longest, seen }) => ({
    [rewardName]: rewardFunction,
    'train.sh': trainScript(
      [],
      [
        'python3 -m verl.trainer.main_ppo',
        'algorithm.adv_estimator=grpo',
        `data.train_files=${path.basename(train)}`,
        `data.val_files=${path.basename(validation)}`,
        'data.prompt_key=prompt',
        'data.filter_overlong_prompts=False',
        'data.truncation=error',
        `data.max_prompt_length=${lengthFor(settings, longest, seen)}`,
        'data.max_response_length=4096',
        `reward.custom_reward_function.path=${rewardName}`,
        'reward.custom_reward_function.name=compute_score',
        'actor_rollout_ref.model.path="$model"',
        'trainer.default_local_dir="$out"',
      ],
    ),
  }),

  check: rowFault,
};

function rowFault(row: JsonObject): string | undefined {
  const { prompt, data_source: source, ability, reward_model: model, extra_info: extra, images = null } = row;
  const fault =
    foreignColumn(row, ['data_source', 'prompt', 'ability', 'reward_model', 'extra_info', 'images', 'gym_meta']) ??
    messagesFault('prompt', prompt, { media: false }) ??
    (images === null ? undefined : verlImagesFault(images, prompt));
  if (fault !== undefined) return fault;
  if (typeof source !== 'string' || typeof ability !== 'string') return 'data_source or ability is no text';
  if (!isJsonObject(model) || model['style'] !== 'rule' || typeof model['ground_truth'] !== 'string') return 'ground_truth is no text';
  return isJsonObject(extra) && Number.isInteger(extra['index']) ? undefined : 'extra_info has no index';
}
