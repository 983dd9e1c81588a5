import path from 'node:path';
import { lengthFor } from '../../length.ts';
import { promptLesson } from '../../lessons/index.ts';
import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions, metaOption, systemOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { foreignColumn, messagesFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { openRlhfImages, textsOf } from '../image-places.ts';
import { hasImages, imageFiles, imageRef, imagesFault, imagesFile, imagesNeed, imagesOption, takesImages } from '../images.ts';
import { groundTruth, groundTruthOption, plannedOption, taskPrompt, taskWarnings } from '../task-row.ts';
import { trainScript } from '../train-script.ts';
import { imagesColumn, trlColumns, trlFormat } from '../trl/config.ts';
import { jsonLinesWarnings } from '../warnings.ts';
import { openRlhf } from './framework.ts';

const rewardName = 'my_reward.py';

/** Of vLLM, which refuses a prompt with more. */
const mostImages = 64;

const visionNote =
  'With images=files rows name images as they lie in the folder of the export, where train.sh runs; with images=inline they hold them, for workers elsewhere.';

/** OpenRLHF's PromptDataset, for PPO, GRPO and REINFORCE++ alike. */
export const openRlhfPpo: Target = {
  info: {
    target: 'openrlhf/ppo',
    framework: openRlhf,
    method: { id: 'ppo', title: 'PPO, GRPO, REINFORCE++', about: 'Prompts with a label for the reward function. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'input, label, datasource · Parquet',
    needs: [
      'a prompt that ends with a user or a tool',
      'an expected answer, or another ground truth',
      imagesNeed,
      'no text that says <image>',
    ],
    files: [
      { name: 'train.parquet', about: 'One task a row: the prompt as a list of JSON, the label as a text.' },
      { name: rewardName, about: 'reward_func, which compares texts: put your own check there.' },
      { name: 'train.sh', about: 'The command; --algo.advantage.estimator chooses the method.' },
      dataCardFile,
      imagesFile,
    ],
    command: 'sh train.sh MODEL OUT',
    notes: ['label is a text in every row: what was none is its JSON.', 'OpenRLHF passes no tools to the chat template.', visionNote],
    options: [
      groundTruthOption,
      plannedOption,
      ...systemOptions,
      imagesOption,
      metaOption,
      formatOption,
      ...lengthOptions('Prompt and answer together.'),
      ...taskSampling,
    ],
  },
  unit: () => 'task',
  warnings: (settings) => [...taskWarnings, ...jsonLinesWarnings(settings)],

  map(rollout, settings) {
    const asked = taskPrompt(rollout, settings, openRlhfImages);
    if (typeof asked === 'string') return asked;
    const { messages: input, named, request, shape } = asked;
    if (input.some((message) => textsOf(message).includes('<image>'))) return 'target/image-placeholder';
    const label = groundTruth(rollout, settings);
    if (label === undefined) return 'target/no-ground-truth';
    const agent = rollout.cell('agent');
    const images = takesImages(settings) ? named.map((image) => imageRef(image, settings)) : undefined;
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ input, label, datasource: typeof agent === 'string' ? agent : 'gym', images, gym_meta: meta }, shape, { request });
  },

  media(rollout, settings) {
    const asked = taskPrompt(rollout, settings, openRlhfImages);
    return typeof asked === 'string' ? [] : imageFiles(asked.images, settings);
  },

  lesson: ([{ input } = {}]) => promptLesson(input),

  format: trlFormat,
  columns: (settings, seen) =>
    trlColumns(['input'], settings, seen, [
      { name: 'label', kind: 'text' },
      { name: 'datasource', kind: 'text' },
    ]),

  helpers: (files, settings, { longest, seen }) => ({
    [rewardName]: rewardFunction,
    'train.sh': trainScript(
      [],
      [
        'python3 -m openrlhf.cli.train_ppo_ray',
        '--actor.model_name_or_path "$model"',
        '--ckpt.output_dir "$out"',
        '--algo.advantage.estimator group_norm',
        '--rollout.n_samples_per_prompt 8',
        `--data.prompt_dataset ${path.basename(files.train)}`,
        ...(files.validation === undefined ? [] : [`--eval.dataset ${path.basename(files.validation)}`]),
        '--data.input_key input',
        '--data.label_key label',
        '--data.apply_chat_template',
        ...(hasImages(seen) ? ['--data.image_key images', `--data.max_images_per_prompt ${mostImages}`] : []),
        `--data.max_len ${lengthFor(settings, longest, seen) + 4096}`,
        '--rollout.max_new_tokens 4096',
        `--reward.remote_url ${rewardName}`,
      ],
    ),
    ...dataCard(files, `Prompts for OpenRLHF: \`input\`, \`label\`, \`datasource\`${imagesColumn(seen)}.`),
  }),

  check(row) {
    const { input, label, datasource, images = null } = row;
    if (JSON.stringify(input).includes('<image>')) return 'the prompt has the text <image>';
    return (
      foreignColumn(row, ['input', 'label', 'datasource', 'images', 'gym_meta']) ??
      messagesFault('input', input, { media: images !== null }) ??
      (images === null ? undefined : imagesFault(images, input)) ??
      (typeof label === 'string' && typeof datasource === 'string' ? undefined : 'label or datasource is no text')
    );
  },
};

const rewardFunction = `"""Scores answers: --reward.remote_url ${rewardName}. Put your own check here."""

import torch


def reward_func(queries, prompts, labels, **kwargs):
    """1.0 where prompt and answer together end with the label."""
    scores = torch.tensor([float(query.strip().endswith(label.strip())) for query, label in zip(queries, labels)])
    return {"rewards": scores, "scores": scores, "extra_logs": {}}
`;
