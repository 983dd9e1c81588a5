import type { TargetOption } from '#shared/model/target.ts';

const nearDedupe: TargetOption = {
  key: 'near-dedupe',
  step: 'sampling',
  title: 'Leave out near duplicates',
  help: 'By prompt: of prompts that are nearly the same, the first in the file stays, with every rollout that was asked exactly that. By answer: of rollouts of a task that answer nearly the same, one stays. Each one left out names the one it is like.',
  kind: 'choice',
  choices: [
    { value: 'off', title: 'No' },
    { value: 'prompt', title: 'By prompt' },
    { value: 'answer', title: 'By answer' },
  ],
  default: 'off',
};

const nearThreshold: TargetOption = {
  key: 'near-threshold',
  step: 'sampling',
  title: 'How alike they are',
  help: 'Share of shingles (five words in a row, without regard to case) that two texts have in common. 1 is the same words in the same order. Below 0.7 some are missed.',
  kind: 'number',
  min: 0.5,
  max: 1,
  when: { key: 'near-dedupe', values: ['prompt', 'answer'] },
  default: 0.85,
};

const nearKeep: TargetOption = {
  key: 'near-keep',
  step: 'sampling',
  title: 'Which one stays',
  help: 'The first in the file, or the best by the chosen metric; of equals the earlier one.',
  kind: 'choice',
  choices: [
    { value: 'first', title: 'The first' },
    { value: 'best', title: 'The best' },
  ],
  when: { key: 'near-dedupe', values: ['answer'] },
  default: 'first',
};

export const byAnswer = [nearDedupe, nearThreshold, nearKeep];
/** Where answers are compared anyway, or there are none. */
export const byPrompt: readonly TargetOption[] = [
  {
    ...nearDedupe,
    help: 'Of prompts that are nearly the same, the first in the file stays, with every rollout that was asked exactly that. Each one left out names the one it is like.',
    choices: nearDedupe.choices?.filter(({ value }) => value !== 'answer') ?? [],
  },
  nearThreshold,
];
