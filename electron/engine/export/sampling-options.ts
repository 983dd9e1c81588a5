import type { TargetOption } from '#shared/model/target.ts';
import { byAnswer, byPrompt } from './near-options.ts';

/** Sampling, the same for every target of a unit. Keys never change their meaning. */

const dedupe: TargetOption = {
  key: 'dedupe',
  step: 'sampling',
  title: 'Leave out duplicates',
  help: 'Of rollouts that give the very same row, the first is kept. Off by default, so that nothing is lost unasked.',
  kind: 'boolean',
  default: false,
};

const bestPerTask: TargetOption = {
  key: 'best-per-task',
  step: 'sampling',
  title: 'Best of each task',
  help: 'Keeps the best rollouts of each task, as many as named; of equals the earlier ones. 0 keeps all.',
  kind: 'integer',
  min: 0,
  max: 1_000_000,
  zero: 'all of them',
  default: 0,
};

const bestBy: TargetOption = {
  key: 'metric',
  step: 'sampling',
  title: 'Best by',
  help: 'The column or expression that says which rollouts are best: the higher the better.',
  kind: 'column',
  idle: [
    { key: 'best-per-task', values: ['0'] },
    { key: 'near-keep', values: ['first'] },
  ],
  default: 'reward',
};

const capPerTask: TargetOption = {
  key: 'cap-per-task',
  step: 'sampling',
  title: 'Most of each task',
  help: 'Keeps at most so many rollouts of each task, drawn by the seed. 0 keeps all.',
  kind: 'integer',
  min: 0,
  max: 1_000_000,
  zero: 'no limit',
  default: 0,
};

const capPerAgent: TargetOption = {
  key: 'cap-per-agent',
  step: 'sampling',
  title: 'Most of each agent',
  help: 'Keeps at most so many examples of each agent, drawn by the seed. 0 keeps all.',
  kind: 'integer',
  min: 0,
  max: 1_000_000_000,
  zero: 'no limit',
  default: 0,
};

const balance: TargetOption = {
  key: 'balance',
  step: 'sampling',
  title: 'Balance agents',
  help: 'Keeps as many examples of each agent as the one with the fewest has, drawn by the seed.',
  kind: 'boolean',
  default: false,
};

const balanceTasks: TargetOption = {
  key: 'balance-tasks',
  step: 'sampling',
  title: 'Balance tasks',
  help: 'Keeps as many rollouts of each task as the one with the fewest has, drawn by the seed; of agents after that.',
  kind: 'boolean',
  default: false,
};

const validation: TargetOption = {
  key: 'validation',
  step: 'sampling',
  title: 'Validation share',
  help: 'Share of the rows that go into a validation file, whole tasks at a time, so that none is on both sides.',
  kind: 'number',
  min: 0,
  max: 0.5,
  zero: 'none',
  default: 0,
};

const test: TargetOption = {
  key: 'test',
  step: 'sampling',
  title: 'Test share',
  help: 'Share of the rows that go into a test file, whole tasks at a time.',
  kind: 'number',
  min: 0,
  max: 0.4,
  zero: 'none',
  default: 0,
};

const notSplit = [
  { key: 'validation', values: ['0'] },
  { key: 'test', values: ['0'] },
];

const stableSplit: TargetOption = {
  key: 'stable-split',
  step: 'sampling',
  title: 'Split by name of task',
  help: 'The seed and its own name decide where a task goes, so that later rows move none. Shares are then met on average only.',
  kind: 'boolean',
  idle: notSplit,
  default: false,
};

const shuffle: TargetOption = {
  key: 'shuffle',
  step: 'sampling',
  title: 'Shuffle',
  help: 'Writes rows in a random order instead of the order of the file.',
  kind: 'boolean',
  default: false,
};

const seed: TargetOption = {
  key: 'seed',
  step: 'sampling',
  title: 'Seed',
  help: 'Decides the random order and the validation tasks: the same seed, the same files.',
  kind: 'integer',
  min: 0,
  max: 4_294_967_295,
  idle: [
    { key: 'shuffle', values: ['false'] },
    { key: 'cap-per-task', values: ['0'] },
    { key: 'cap-per-agent', values: ['0'] },
    { key: 'balance', values: ['false'] },
    { key: 'balance-tasks', values: ['false'] },
    ...notSplit,
  ],
  default: 0,
};

/** Pairs of a task are not drawn: the best come first. */
const pairsSeed: TargetOption = { ...seed, idle: seed.idle?.filter(({ key }) => key !== 'cap-per-task') ?? [] };

const { idle: _, ...comparing } = bestBy;
const compareBy: TargetOption = {
  ...comparing,
  title: 'Compare by',
  help: 'The column or expression that says which rollouts are better: the higher the better.',
};

const pairs: TargetOption = {
  key: 'pairs',
  step: 'sampling',
  title: 'Pairs',
  help: 'Only rollouts of a task that were asked the very same and answered otherwise are paired; equal values never are, and of equals the earlier one is taken.',
  kind: 'choice',
  choices: [
    { value: 'best-worst', title: 'Best and worst of each task' },
    { value: 'best-vs-each', title: 'The best with every worse one' },
    { value: 'adjacent', title: 'Each value with the next lower one' },
    { value: 'all', title: 'Any two' },
    { value: 'by-hand', title: 'Only those chosen by hand' },
  ],
  default: 'best-worst',
};

const onlyByHand = { key: 'pairs', values: ['by-hand'] };

const margin: TargetOption = {
  key: 'margin',
  step: 'sampling',
  title: 'Smallest difference',
  help: 'By how much the chosen rollout must be better than the rejected one.',
  kind: 'number',
  min: 0,
  max: 1_000_000_000,
  idle: [onlyByHand],
  default: 0.1,
};

const pairsPerTask: TargetOption = {
  ...capPerTask,
  idle: [onlyByHand],
  help: 'Keeps at most so many pairs of each task, those with the best chosen rollouts first. 0 keeps all.',
};

const labelBy: TargetOption = {
  key: 'label-by',
  step: 'sampling',
  title: 'Good from',
  help: 'The pass mark is the larger of two values where there are only two, else 0.5.',
  kind: 'choice',
  choices: [
    { value: 'pass-mark', title: 'The pass mark' },
    { value: 'threshold', title: 'A threshold' },
    { value: 'task-mean', title: 'The mean of its task' },
  ],
  default: 'pass-mark',
};

const threshold: TargetOption = {
  key: 'threshold',
  step: 'sampling',
  title: 'Threshold',
  help: 'Rollouts from here on are good, the others bad.',
  kind: 'number',
  when: { key: 'label-by', values: ['threshold'] },
  default: 0.5,
};

const deadBand: TargetOption = {
  key: 'dead-band',
  step: 'sampling',
  title: 'Neither good nor bad',
  help: 'Leaves out rollouts that are nearer to the threshold than this. 0 labels all.',
  kind: 'number',
  min: 0,
  max: 1_000_000_000,
  zero: 'no gap',
  default: 0,
};

const files = [validation, test, stableSplit, shuffle];
const agents = [capPerAgent, balance];

/** Where a row is made of one rollout. */
export const rolloutSampling: readonly TargetOption[] = [
  dedupe,
  ...byAnswer,
  bestPerTask,
  bestBy,
  capPerTask,
  balanceTasks,
  ...agents,
  ...files,
  seed,
];
export const pairSampling: readonly TargetOption[] = [...byPrompt, pairs, compareBy, margin, pairsPerTask, ...agents, ...files, pairsSeed];
export const labelSampling: readonly TargetOption[] = [
  dedupe,
  ...byAnswer,
  compareBy,
  labelBy,
  threshold,
  deadBand,
  capPerTask,
  balanceTasks,
  ...agents,
  ...files,
  seed,
];
/** A row a task: there is nothing to cap but agents. */
export const taskSampling: readonly TargetOption[] = [...byPrompt, ...agents, ...files, seed];

type Idle = NonNullable<TargetOption['idle']>[number];
const unlessPairs = (each: Idle): Idle => (each.key === 'cap-per-task' ? { ...each, or: { key: 'unit', values: ['pairs'] } } : each);

/** Of a target whose rows may be made of anything, as its option `unit` says. */
export const anySampling: readonly TargetOption[] = [
  { ...pairs, when: { key: 'unit', values: ['pairs'] } },
  { ...margin, when: { key: 'unit', values: ['pairs'] } },
  { ...labelBy, when: { key: 'unit', values: ['labelled'] } },
  threshold,
  { ...deadBand, when: { key: 'unit', values: ['labelled'] } },
  ...rolloutSampling.map((option) => {
    if (option.key === 'metric') return compareBy;
    if (option.key === 'balance-tasks') return { ...option, when: { key: 'unit', values: ['rollouts', 'labelled'] } };
    // A task is one row; pairs by hand are all taken.
    if (option.key === 'cap-per-task') return { ...option, idle: [{ key: 'unit', values: ['tasks'], or: onlyByHand }] };
    return option.key === 'seed' ? { ...option, idle: option.idle?.map(unlessPairs) ?? [] } : option;
  }),
];
