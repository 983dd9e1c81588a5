import { gymMeta } from '../../metadata.ts';
import { taskSampling } from '../../sampling-options.ts';
import { formatOption, metaOption, systemOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { foreignColumn, messagesFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { groundTruth, groundTruthOption, plannedOption, plannedTrait, taskPrompt, taskWarnings } from '../task-row.ts';
import { trlColumns, trlConfig, trlFormat } from './config.ts';
import { trl } from './framework.ts';

const rewardName = 'my_reward.py';

/** TRL's GRPOTrainer (and RLOO): prompts; every other column reaches the reward functions. */
export const trlGrpo: Target = {
  info: {
    target: 'trl/grpo',
    framework: trl,
    method: { id: 'grpo', title: 'GRPO, RLOO', about: 'Prompts with what the reward function needs. One row a task.' },
    cells: [{ column: 'rl' }],
    writes: 'prompt, solution · Parquet',
    needs: ['a prompt that ends with a user or a tool', 'an expected answer, or another ground truth', 'text only: no images'],
    files: [
      { name: 'train.parquet', about: 'One task a row: the prompt as a list of JSON, the solution as a text.' },
      { name: 'grpo.yaml', about: 'Configuration for trl grpo.' },
      { name: rewardName, about: 'A reward function that compares texts: put your own check there.' },
      dataCardFile,
    ],
    command: 'trl grpo --config grpo.yaml --model_name_or_path MODEL --output_dir OUT',
    notes: [
      'Run it in the folder of the export: my_reward.correct is imported from there. TRL’s own accuracy_reward reads solution too, as LaTeX.',
      'Tools come from the trainer, not from the rows.',
      'solution is always a text: what was none is its JSON.',
    ],
    options: [groundTruthOption, plannedOption, ...systemOptions, metaOption, formatOption, ...taskSampling],
  },
  unit: () => 'task',
  warnings: () => taskWarnings,

  map(rollout, settings) {
    const prompt = taskPrompt(rollout, settings);
    if (typeof prompt === 'string') return prompt;
    const solution = groundTruth(rollout, settings);
    if (solution === undefined) return 'target/no-ground-truth';
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ prompt, solution, gym_meta: meta }, plannedTrait(rollout, settings), { request: prompt });
  },

  format: trlFormat,
  columns: (settings) => trlColumns(['prompt'], settings, 0, [{ name: 'solution', kind: 'text' }]),

  helpers: (files) => ({
    'grpo.yaml': trlConfig('grpo', files, [
      'reward_funcs: [my_reward.correct]',
      '# Prompts are never cut; answers end here, and count as they are. The default is 512.',
      'max_completion_length: 4096',
    ]),
    [rewardName]: rewardFunction,
    ...dataCard(files, 'Prompts for TRL GRPO: `prompt`, `solution`.'),
  }),

  check(row) {
    const { prompt, solution } = row;
    return (
      foreignColumn(row, ['prompt', 'solution', 'gym_meta']) ??
      messagesFault('prompt', prompt, { media: false }) ??
      (typeof solution === 'string' ? undefined : 'solution is no text')
    );
  },
};

const rewardFunction = `"""Scores answers for grpo.yaml (reward_funcs: my_reward.correct). Put your own check here."""


def correct(completions, solution, **kwargs):
    """1.0 where the answer ends with the solution."""
    answers = [completion if isinstance(completion, str) else completion[-1]["content"] for completion in completions]
    return [float(answer.strip().endswith(wanted.strip())) for answer, wanted in zip(answers, solution)]
`;
