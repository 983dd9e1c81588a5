import type { ExportExample, ExportPlan, Manifest } from '#shared/model/export.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TokenTotals, TrainedExample } from '#shared/model/training.ts';
import type { TargetInfo, TargetOption } from '#shared/model/target.ts';

const mapping: TargetOption[] = [
  {
    key: 'reasoning',
    step: 'mapping',
    title: 'Reasoning',
    help: 'Where the reasoning of an assistant message goes.',
    kind: 'choice',
    choices: [
      { value: 'inline', title: 'Inline' },
      { value: 'separate', title: 'Separate' },
      { value: 'drop', title: 'Drop' },
    ],
    default: 'inline',
  },
  { key: 'system', step: 'mapping', title: 'System prompt', help: 'Keep the system message.', kind: 'boolean', default: true },
  {
    key: 'maxLength',
    step: 'mapping',
    title: 'Longest example',
    help: 'Tokens, for the trainer’s config.',
    kind: 'integer',
    min: 128,
    max: 1_000_000,
    default: 16_384,
  },
];
const sampling: TargetOption[] = [
  { key: 'best', step: 'sampling', title: 'Best of each task', help: '0 keeps all.', kind: 'integer', min: 0, max: 1000, default: 0 },
  { key: 'metric', step: 'sampling', title: 'Metric', help: 'What best means.', kind: 'column', default: 'reward' },
  { key: 'shuffle', step: 'sampling', title: 'Shuffle', help: 'Mix the rows, by the seed.', kind: 'boolean', default: false },
  {
    key: 'validation',
    step: 'sampling',
    title: 'Validation share',
    help: 'Of the tasks; no task is in both.',
    kind: 'number',
    min: 0,
    max: 0.5,
    default: 0,
  },
];
const fields: TargetOption = {
  key: 'fields',
  step: 'mapping',
  title: 'Fields',
  help: 'Output field, and where it comes from.',
  kind: 'fields',
  default: { messages: 'messages', reward: 'reward' },
};
const sft = { id: 'sft', title: 'SFT', about: 'one row a good rollout' };

/** Targets in the shape of the real ones, for tests of the page and for looking at it. */
export const madeTargets: readonly TargetInfo[] = [
  {
    target: 'trl/sft',
    framework: { id: 'trl', title: 'TRL', version: '1.16.0' },
    method: sft,
    cells: [{ column: 'sft' }],
    writes: 'messages · parquet',
    needs: ['An assistant message at the end', 'Arguments that are JSON objects'],
    files: [
      { name: 'train.parquet', about: 'messages and tools' },
      { name: 'sft.yaml', about: 'config, ready to run' },
      { name: 'recipe.json', about: 'makes these bytes again' },
      { name: 'report.md', about: 'every row left out, and why' },
    ],
    command: 'trl sft --config sft.yaml',
    cutsAt: 1024,
    notes: ['TRL cuts examples at 1,024 tokens by default; sft.yaml raises it.'],
    options: [...mapping, ...sampling],
  },
  {
    target: 'nemo-rl/sft',
    framework: { id: 'nemo-rl', title: 'NeMo-RL', version: '0.6.0' },
    method: sft,
    cells: [{ column: 'sft' }],
    writes: 'openai_format · jsonl',
    needs: ['An assistant message at the end'],
    files: [{ name: 'train.jsonl', about: 'one conversation a line' }],
    command: 'uv run examples/run_sft.py --config sft.yaml',
    notes: [],
    options: [...mapping, ...sampling],
  },
  {
    target: 'custom/map',
    framework: { id: 'custom', title: 'Custom', version: 'any shape' },
    method: { id: 'map', title: 'Own fields', about: 'fields from paths' },
    cells: [{ column: 'sft' }],
    writes: 'field mapping · jsonl',
    needs: [],
    files: [{ name: 'train.jsonl', about: 'your fields' }],
    command: '',
    notes: [],
    options: [fields, ...sampling],
  },
  {
    target: 'custom/rollouts',
    framework: { id: 'custom', title: 'Custom', version: 'any shape' },
    method: { id: 'rollouts', title: 'Rollouts', about: 'kept lines, byte for byte' },
    cells: [{ column: 'sft' }],
    writes: 'original lines · jsonl',
    needs: [],
    files: [{ name: 'train.jsonl', about: 'the kept lines' }],
    command: '',
    notes: [],
    options: sampling,
  },
];

const examples = [{ path: 'made_rollouts.jsonl', line: 4 }];

export const madePlan: ExportPlan = {
  rowsRead: 4000,
  invalidLines: 3,
  filteredOut: [
    { condition: 'reward >= 0.5', count: 1100 },
    { condition: 'status = "completed"', count: 300 },
  ],
  rowsSelected: 2600,
  rolloutsUsed: 1000,
  rowsWritten: 1000,
  excluded: [
    { reason: 'target/no-assistant-message', count: 15, title: 'No assistant message at the end', examples },
    { reason: 'mapping/arguments-not-object', count: 5, title: 'Arguments are not an object', examples },
    { reason: 'sampling/not-best', count: 1580, title: 'Not among the best of its task', examples },
  ],
  warnings: [{ id: 'template/parallel-calls', title: 'Several calls in one message', count: 12 }],
  splits: [
    { name: 'train', rows: 950 },
    { name: 'validation', rows: 50 },
  ],
  bytes: 21_400_000,
  over: [{ tokens: 1024, examples: 610 }],
  lengths: { total: 1_350_000, median: 1204, longest: 15_902, counts: Array.from({ length: 40 }, (_, bin) => (bin < 10 ? 100 : 0)) },
};

export function madeExample(index: number): ExportExample {
  const clamped = Math.min(index, madePlan.rowsWritten - 1);
  const message = { role: 'assistant', content: `The law is F = G m1 m2 / d^1.5 (example ${clamped + 1}).` };
  const system = { role: 'system', content: 'You are a careful assistant. Use the tools you are given.\nAnswer in one line.' };
  return {
    index: clamped,
    total: madePlan.rowsWritten,
    split: 'train',
    row: clamped * 3,
    others: [],
    line: clamped * 3 + 1,
    file: 'made_rollouts.jsonl',
    json: JSON.stringify(
      { messages: [system, { role: 'user', content: 'Find the law.' }, message], tools: [], reward: 1, done: true },
      null,
      2,
    ),
  };
}

export const madeTotals: TokenTotals = {
  tokens: 1_204_000,
  trained: 512_000,
  examples: 256,
  refused: 0,
  loss: 'tokens',
  tokenizer: null,
};

/** A conversation of two messages, the answer trained on; with a tokenizer its tokens are known. */
export function madeTrained({ template, tokenizer }: { template?: string | undefined; tokenizer?: string | undefined }): TrainedExample {
  const known = tokenizer !== undefined;
  const pieces = [
    {
      message: 0,
      role: 'user',
      text: '<|im_start|>user\nFind the law.<|im_end|>\n',
      trained: false,
      tokens: 9,
      ...(known && { edges: [0, 12, 16, 17] }),
    },
    { message: 1, role: 'assistant', text: '<|im_start|>assistant\n', trained: false, tokens: 3, ...(known && { edges: [0, 12, 21] }) },
    { message: 1, role: 'assistant', text: 'F = m a<|im_end|>\n', trained: true, tokens: 7, ...(known && { edges: [0, 1, 3] }) },
  ];
  return {
    loss: 'tokens',
    texts: [{ part: 'conversation', pieces, tokens: 19, trainedTokens: 7 }],
    notes: ['NeMo-RL trains on the header of each answer too: sft.yaml leaves add_generation_prompt at false.'],
    template: template === undefined ? null : 'chat_template.jinja',
    tokenizer: known ? 'tokenizer.json' : null,
  };
}

export function madeManifest(recipe: Recipe): Manifest {
  const { splits: _, bytes, over: __, lengths: ___, ...accounting } = madePlan;
  return {
    ...accounting,
    target: recipe.target,
    files: [
      { path: 'train.parquet', rows: 950, bytes, sha256: 'a3f1'.repeat(16) },
      { path: 'validation.parquet', rows: 50, bytes: Math.round(bytes / 19), sha256: '09bc'.repeat(16) },
    ],
    source: [{ name: 'made_rollouts.jsonl', bytes: 85_600_000, fingerprint: 'f' }],
    recipe,
    checks: [
      { name: 'Every file reads back with the rows that were written', ok: true },
      { name: 'Every row ends with an assistant message', ok: true },
    ],
    version: '0.1.0',
    createdAt: '2026-01-01T00:00:00Z',
  };
}
