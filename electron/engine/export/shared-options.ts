import type { TargetOption } from '#shared/model/target.ts';

/** Options that several targets take. Keys are those of the command line and of recipes: they never change their meaning. */
export const reasoningOption: TargetOption = {
  key: 'reasoning',
  step: 'mapping',
  title: 'Reasoning',
  help: 'Inline is the portable choice: text in <think> tags, which every chat template carries on the last turn. Separate suits Qwen3, Nemotron and GLM, whose templates read reasoning_content; others drop it silently.',
  kind: 'choice',
  choices: [
    { value: 'inline', title: 'Inline, in <think> tags' },
    { value: 'separate', title: 'Separate, as reasoning_content' },
    { value: 'drop', title: 'Drop' },
  ],
  default: 'inline',
};

const keepOrDrop = [
  { value: 'keep', title: 'Keep' },
  { value: 'drop', title: 'Drop' },
];

export const toolsOption: TargetOption = {
  key: 'tools',
  step: 'mapping',
  title: 'Tool descriptions',
  help: 'Whether rows carry the tools that were offered. Calls and their outputs stay in the messages either way.',
  kind: 'choice',
  choices: keepOrDrop,
  default: 'keep',
};

export const systemOption: TargetOption = {
  key: 'system',
  step: 'mapping',
  title: 'System messages',
  help: 'Whether system messages are written.',
  kind: 'choice',
  choices: keepOrDrop,
  default: 'keep',
};

export const endingOption: TargetOption = {
  key: 'ending',
  step: 'mapping',
  title: 'Rollouts that do not end with the assistant',
  help: 'Trim cuts what follows the last assistant message: tool outputs and user messages that nobody answered.',
  kind: 'choice',
  choices: [
    { value: 'trim', title: 'Trim to the last assistant message' },
    { value: 'leave-out', title: 'Leave out' },
  ],
  default: 'trim',
};

export const metaOption: TargetOption = {
  key: 'meta',
  step: 'mapping',
  title: 'Where a row came from',
  help: 'Adds one column gym_meta, a JSON text with task, agent, rollout, reward, file and line. Trainers ignore it.',
  kind: 'boolean',
  default: false,
};

/** Sampling, the same for every target: among the rollouts that could be mapped, in this order. */
export const samplingOptions: readonly TargetOption[] = [
  {
    key: 'dedupe',
    step: 'sampling',
    title: 'Leave out duplicates',
    help: 'Of rollouts that give the very same row, the first is kept. Off by default, so that nothing is lost unasked.',
    kind: 'boolean',
    default: false,
  },
  {
    key: 'best-per-task',
    step: 'sampling',
    title: 'Best of each task',
    help: 'Keeps the best rollouts of each task, as many as named; of equals the earlier ones. 0 keeps all.',
    kind: 'integer',
    min: 0,
    max: 1_000_000,
    default: 0,
  },
  {
    key: 'metric',
    step: 'sampling',
    title: 'Best by',
    help: 'The column that says which rollouts are best: the higher the better. Used only with best-per-task.',
    kind: 'column',
    default: 'reward',
  },
  {
    key: 'cap-per-task',
    step: 'sampling',
    title: 'Most of each task',
    help: 'Keeps at most so many rollouts of each task, drawn by the seed. 0 keeps all.',
    kind: 'integer',
    min: 0,
    max: 1_000_000,
    default: 0,
  },
  {
    key: 'cap-per-agent',
    step: 'sampling',
    title: 'Most of each agent',
    help: 'Keeps at most so many rollouts of each agent, drawn by the seed. 0 keeps all.',
    kind: 'integer',
    min: 0,
    max: 1_000_000_000,
    default: 0,
  },
  {
    key: 'balance',
    step: 'sampling',
    title: 'Balance agents',
    help: 'Keeps as many rollouts of each agent as the one with the fewest has, drawn by the seed.',
    kind: 'boolean',
    default: false,
  },
  {
    key: 'validation',
    step: 'sampling',
    title: 'Validation share',
    help: 'Share of the rows that go into a validation file, whole tasks at a time, so that none is on both sides.',
    kind: 'number',
    min: 0,
    max: 0.5,
    default: 0,
  },
  {
    key: 'test',
    step: 'sampling',
    title: 'Test share',
    help: 'Share of the rows that go into a test file, whole tasks at a time.',
    kind: 'number',
    min: 0,
    max: 0.4,
    default: 0,
  },
  {
    key: 'stable-split',
    step: 'sampling',
    title: 'Split by name of task',
    help: 'The seed and its own name decide where a task goes, so that later rows move none. Shares are then met on average only.',
    kind: 'boolean',
    default: false,
  },
  {
    key: 'shuffle',
    step: 'sampling',
    title: 'Shuffle',
    help: 'Writes rows in a random order instead of the order of the file.',
    kind: 'boolean',
    default: false,
  },
  {
    key: 'seed',
    step: 'sampling',
    title: 'Seed',
    help: 'Decides the random order and the validation tasks: the same seed, the same files.',
    kind: 'integer',
    min: 0,
    max: 4_294_967_295,
    default: 0,
  },
];
