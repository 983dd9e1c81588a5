import { promptLesson } from '../../lessons/index.ts';
import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { formatOption, metaOption, systemOptions } from '../../shared-options.ts';
import type { ReasonId } from '../../reasons.ts';
import type { Rollout } from '../../rollout.ts';
import type { Settings } from '../../settings.ts';
import type { Target } from '../../types.ts';
import { foreignColumn, messagesFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { trlImages } from '../image-places.ts';
import { hasImages, imageFiles, imageRef, imagesFault, imagesFile, imagesNeed, imagesOption, takesImages } from '../images.ts';
import { groundTruth, groundTruthOption, plannedOption, type TaskPrompt, taskPrompt, taskWarnings } from '../task-row.ts';
import { imagesColumn, trlColumns, trlConfig, trlFormat, visionLines } from './config.ts';
import { trl } from './framework.ts';
import { jsonLinesWarnings } from '../warnings.ts';

const rewardName = 'my_reward.py';

/** TRL's GRPOTrainer (and RLOO): prompts; every other column reaches the reward functions. */
export const trlGrpo: Target = {
  info: {
    target: 'trl/grpo',
    framework: trl,
    method: { id: 'grpo', title: 'GRPO, RLOO', about: 'Prompts with what the reward function needs. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'prompt, solution · Parquet',
    needs: ['a prompt that ends with a user or a tool', 'an expected answer, or another ground truth', imagesNeed],
    files: [
      { name: 'train.parquet', about: 'One task a row: the prompt as a list of JSON, the solution as a text.' },
      { name: 'grpo.yaml', about: 'Configuration for trl grpo.' },
      { name: rewardName, about: 'A reward function that compares texts: put your own check there.' },
      dataCardFile,
      imagesFile,
    ],
    command: 'trl grpo --config grpo.yaml --model_name_or_path MODEL --output_dir OUT',
    notes: [
      'Run it in the folder of the export: my_reward.correct is imported from there. TRL’s own accuracy_reward reads solution too, as LaTeX.',
      'Tools come from the trainer, not from the rows.',
      'solution is always a text: what was none is its JSON.',
      'With images=files rows name images as they lie in the folder of the export; with images=inline they hold them. Both want a vision model.',
    ],
    options: [groundTruthOption, plannedOption, ...systemOptions, imagesOption, metaOption, formatOption, ...taskSampling],
  },
  unit: () => 'task',
  warnings: (settings) => [...taskWarnings, ...jsonLinesWarnings(settings)],

  map(rollout, settings) {
    const asked = promptOf(rollout, settings);
    if (typeof asked === 'string') return asked;
    const { messages: prompt, named, request, shape } = asked;
    const solution = groundTruth(rollout, settings);
    if (solution === undefined) return 'target/no-ground-truth';
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    const images = takesImages(settings) ? named.map((image) => imageRef(image, settings)) : undefined;
    return exactRow({ prompt, solution, images, gym_meta: meta }, shape, { request });
  },

  media(rollout, settings) {
    const asked = promptOf(rollout, settings);
    return typeof asked === 'string' ? [] : imageFiles(asked.images, settings);
  },

  lesson: ([{ prompt } = {}]) => promptLesson(prompt, ['Tools come from the trainer, not from the row.']),

  format: trlFormat,
  columns: (settings, seen) => trlColumns(['prompt'], settings, seen, [{ name: 'solution', kind: 'text' }]),

  helpers: (files, _settings, { seen }) => ({
    'grpo.yaml': trlConfig('grpo', files, [
      ...(hasImages(seen) ? visionLines : []),
      'reward_funcs: [my_reward.correct]',
      '# Prompts are never cut; answers end here, and count as they are. The default is 512.',
      'max_completion_length: 4096',
    ]),
    [rewardName]: rewardFunction,
    ...dataCard(files, `Prompts for TRL GRPO: \`prompt\`, \`solution\`${imagesColumn(seen)}.`),
  }),

  check(row) {
    const { prompt, solution, images = null } = row;
    return (
      foreignColumn(row, ['prompt', 'solution', 'images', 'gym_meta']) ??
      messagesFault('prompt', prompt, { media: images !== null }) ??
      (images === null ? undefined : imagesFault(images, prompt)) ??
      (typeof solution === 'string' ? undefined : 'solution is no text')
    );
  },
};

const promptOf = (rollout: Rollout, settings: Settings): TaskPrompt | ReasonId =>
  taskPrompt(rollout, settings, (messages) => trlImages(messages, settings, 'prompt'));

const rewardFunction = `"""Scores answers for grpo.yaml (reward_funcs: my_reward.correct). Put your own check here."""


def correct(completions, solution, **kwargs):
    """1.0 where the answer ends with the solution."""
    answers = [completion if isinstance(completion, str) else completion[-1]["content"] for completion in completions]
    return [float(answer.strip().endswith(wanted.strip())) for answer, wanted in zip(answers, solution)]
`;
