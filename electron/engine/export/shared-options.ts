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

const keepOrLeaveOut = [
  { value: 'keep', title: 'Keep' },
  { value: 'leave-out', title: 'Leave out' },
];

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

export const systemOptions: readonly TargetOption[] = [
  {
    key: 'system',
    step: 'mapping',
    title: 'System messages',
    help: 'Whether system messages are written. Replace puts one text into every row instead of them.',
    kind: 'choice',
    choices: [...keepOrDrop, { value: 'replace', title: 'Replace' }],
    default: 'keep',
  },
  {
    key: 'system-text',
    step: 'mapping',
    title: 'System text',
    help: 'The system message of every row.',
    kind: 'text',
    when: { key: 'system', values: ['replace'] },
    default: '',
  },
];

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

/** Parallel calls are refused or cut by some chat templates (Llama 3, gpt-oss), and merged by others (Qwen, Nemotron). */
export const parallelOption: TargetOption = {
  key: 'parallel-calls',
  step: 'mapping',
  title: 'Several calls in one message',
  help: 'Some chat templates refuse them or keep the first only. Split makes a message of each, with its output behind it; the model then learns to call one by one.',
  kind: 'choice',
  choices: [
    { value: 'keep', title: 'Keep' },
    { value: 'split', title: 'Split into one message a call' },
    { value: 'leave-out', title: 'Leave out' },
  ],
  default: 'keep',
};

/** For trainers that pass no tools to the chat template. */
export const toolsAsTextOption: TargetOption = {
  key: 'tools',
  step: 'mapping',
  title: 'Tool descriptions',
  help: 'The trainer passes no tools to the chat template. They can stand in the system message, in the form of Qwen and Hermes, or be dropped.',
  kind: 'choice',
  choices: [
    { value: 'system', title: 'In the system message' },
    { value: 'drop', title: 'Drop' },
  ],
  default: 'system',
};

/** Reasoning where an answer is one text. */
export const textReasoningOption: TargetOption = {
  ...reasoningOption,
  help: 'Inline puts it into the answer, in <think> tags.',
  choices: [
    { value: 'inline', title: 'Inline, in <think> tags' },
    { value: 'drop', title: 'Drop' },
  ],
};

export const formatOption: TargetOption = {
  key: 'format',
  step: 'mapping',
  title: 'File format',
  help: 'Parquet is exact. JSON lines can be read by eye, but datasets rounds their floats to 10 decimals and turns dates into timestamps.',
  kind: 'choice',
  choices: [
    { value: 'parquet', title: 'Parquet' },
    { value: 'jsonl', title: 'JSON lines' },
  ],
  default: 'parquet',
};

/** `what`: what the trainer does with longer rows. The three belong together. */
export function lengthOptions(what: string): readonly TargetOption[] {
  return [
    {
      key: 'max-length',
      step: 'mapping',
      title: 'Longest row, in tokens',
      help: `Goes into the configuration. ${what} 0: as long as the longest row can be, so that nothing is lost.`,
      kind: 'integer',
      min: 0,
      max: 10_000_000,
      isLength: true,
      zero: 'the longest row',
      default: 0,
    },
    {
      key: 'longer',
      step: 'mapping',
      title: 'Longer rows',
      help: 'Rows that are longer than max-length: kept as they are, or left out here, with their count.',
      kind: 'choice',
      choices: keepOrLeaveOut,
      idle: [{ key: 'max-length', values: ['0'] }],
      default: 'keep',
    },
    {
      key: 'length-by',
      step: 'mapping',
      title: 'Lengths by',
      help: 'Estimated at four bytes a token; or the tokens that the rollout’s usage names, of all its model calls together; or those of your tokenizer.json, of the text that the chat template makes of the row: exact, but slow where many rows have more bytes than max-length.',
      kind: 'choice',
      choices: [
        { value: 'estimate', title: 'Estimate' },
        { value: 'usage', title: 'Usage' },
        { value: 'tokenizer', title: 'Your tokenizer.json', needs: 'tokenizer' },
      ],
      when: { key: 'longer', values: ['leave-out'] },
      default: 'estimate',
    },
  ];
}
