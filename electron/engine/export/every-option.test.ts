import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { memorySource, recipeOf, temporaryFolder } from './testing/source.ts';
import type { ExportSource } from './types.ts';

const wordsOf = (count: number, from = 0): string => Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');
const say = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{"x":0.12345678901234}' });
const output = (id: string) => ({ type: 'function_call_output', call_id: id, output: `output ${id}` });
const think = { type: 'reasoning', summary: [{ text: 'let me think' }] };
const user = { role: 'user', content: 'and now?' };
const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

interface Rollout {
  readonly task: number;
  readonly reward: number | null;
  readonly output: readonly unknown[];
  readonly more?: object;
}

const prompts: readonly unknown[] = [
  'short question',
  wordsOf(40),
  `${wordsOf(39)} end`,
  [
    { type: 'input_text', text: 'see' },
    { type: 'input_image', image_url: dot },
  ],
  'other question',
  'nobody’s question',
];

function line({ task, reward, output: items, more = {} }: Rollout): string {
  const tools = [{ type: 'function', name: 'f', description: 'd', parameters: { type: 'object', properties: {} }, strict: true }];
  return JSON.stringify({
    responses_create_params: {
      input: [
        { role: 'developer', content: 'be good' },
        { role: 'user', content: prompts[task] },
      ],
      tools,
    },
    response: { output: items, usage: { input_tokens: 1000, output_tokens: task } },
    reward,
    score: 1 - (reward ?? 0) + task / 10,
    expected_answer: `truth ${task}`,
    elsewhere: { answer: `other truth ${task}` },
    tokens_in: 10 * task,
    tokens: 100,
    _ng_task_index: task,
    ...(task < 5 && { agent_ref: { name: task < 4 ? 'a' : 'b' } }),
    ...more,
  });
}

/** Something for every option to do something to. */
const rollouts: readonly Rollout[] = [
  { task: 0, reward: 1, output: [say('four')] },
  { task: 0, reward: 1, output: [think, say('yes, four')] },
  { task: 0, reward: 0.5, output: [say('five')] },
  { task: 0, reward: 0, output: [say('six')] },
  { task: 0, reward: 1, output: [say('four')] },
  { task: 1, reward: 0.75, output: [call('c1'), call('c2'), output('c1'), output('c2'), say('done')] },
  { task: 1, reward: 0.2, output: [call('c1'), output('c1'), think, say('undone'), user] },
  { task: 1, reward: 0.15, output: [say('x')] },
  { task: 1, reward: 0.95, output: [say(wordsOf(60))] },
  { task: 1, reward: 0.97, output: [say(`${wordsOf(59)} more`)] },
  { task: 2, reward: 1, output: [think, say('a')] },
  { task: 2, reward: 0.25, output: [say('b')] },
  { task: 3, reward: 1, output: [say('a dot')] },
  { task: 3, reward: 0, output: [say('a line')] },
  { task: 4, reward: 1, output: [say('good')] },
  { task: 4, reward: 0, output: [say('bad'), user] },
  { task: 4, reward: null, output: [say('unknown')] },
  { task: 5, reward: 1, output: [say('good')] },
  { task: 5, reward: 0, output: [say(`bad ${wordsOf(300)}`)] },
];
const lines = rollouts.map((each) => line(each));

/** With planned inputs that know more of the first task. */
function source(): ExportSource {
  const made = memorySource(lines);
  const planned: object = { ...JSON.parse(lines[0] ?? ''), expected_answer: 'planned truth', verifier_metadata: { of: 'the plan' } };
  return {
    ...made,
    planned: {
      version: '1',
      files: [{ name: 'p.jsonl', bytes: 1, fingerprint: 'p' }],
      read: (row) => (row === 0 ? Object.fromEntries(Object.entries(planned)) : undefined),
    },
  };
}

/** What an option acts on, where it acts on nothing by itself. */
const beside: Readonly<Record<string, Record<string, OptionValue>>> = {
  seed: { shuffle: true },
  'stable-split': { validation: 0.3, test: 0.2 },
  metric: { 'best-per-task': 1 },
  'near-keep': { 'near-threshold': 0.7 },
  'near-threshold': { 'near-dedupe': 'prompt' },
  'reward-over': { 'reward-scale': 'rank' },
  'label-by': { threshold: 0.9 },
  'dead-band': { 'label-by': 'threshold' },
  margin: { pairs: 'all' },
  'parallel-calls': { pairs: 'all' },
  'cap-per-task': { pairs: 'all' },
};

/** Of one's own rows only those show it that have it in their fields. */
function ownFields(key: string): Record<string, OptionValue> {
  return ['label-by', 'threshold', 'dead-band'].includes(key) ? { fields: { l: 'label', m: 'messages' } } : {};
}

function otherValues({ key, kind, choices = [], default: value }: TargetOption): OptionValue[] {
  switch (kind) {
    case 'boolean':
      return [value !== true];
    case 'choice':
      return choices.map((choice) => choice.value).filter((each) => each !== value);
    case 'integer':
      return [key === 'max-length' ? 999 : key === 'seed' ? 7 : 1];
    case 'number':
      return [{ 'near-threshold': 1, margin: 0.6, threshold: 0.9, 'dead-band': 0.3 }[key] ?? 0.3];
    case 'column':
      return ['score'];
    case 'text':
      return [{ 'ground-truth': 'elsewhere.answer', 'reward-clip': '-0.1, 0.4' }[key] ?? 'something else'];
    case 'fields':
      return [{ other: 'reward' }];
  }
}

/** Everything that an export of these options gives, but for the recipe itself. */
async function outcome(target: string, options: Record<string, OptionValue>): Promise<string> {
  const folder = temporaryFolder();
  const made = await runExport(source(), recipeOf(target, options), { folder, overwrite: false });
  const texts = made.files
    .filter(({ path: name }) => !['recipe.json', 'report.md'].includes(name))
    .map(({ path: name }) => `${name} ${readFileSync(path.join(folder, name), 'latin1').replaceAll(folder, '')}`);
  return JSON.stringify([texts, made.excluded, made.rowsWritten]);
}

describe.each(targets.map(({ info }) => info))('$target', ({ target, options, cells }) => {
  /** What options change: most change the same export, which is made once. */
  const bases = new Map<string, Promise<string>>();
  const rows = options.flatMap((option) =>
    otherValues(option).map((value) => [`${option.key}=${JSON.stringify(value)}`, option, value] as const),
  );

  test.each(rows)('%s makes another export', async (_, option, value) => {
    const { key, when } = option;
    const has = (name: string): boolean => options.some((each) => each.key === name);
    const isOwn = has('fields');
    const isTask = cells.some(({ column }) => column === 'rl') && !isOwn;
    const base: Record<string, OptionValue> = {
      ...(isOwn && ownFields(key)),
      ...Object.fromEntries(Object.entries(beside[key] ?? {}).filter(([name]) => has(name) && (!isOwn || key !== 'cap-per-task'))),
      ...(['longer', 'length-by'].includes(key) && { 'max-length': isTask ? (target === 'verl/rl' || has('agent') ? 130 : 60) : 400 }),
      ...conditions(when, options),
    };
    // Or it is refused in words.
    const words = (error: unknown): string => {
      if (error instanceof AppError && ['bad-input', 'nothing-left'].includes(error.code)) return error.message;
      throw error;
    };
    const named = JSON.stringify(base);
    const unchanged = bases.get(named) ?? outcome(target, base).catch(words);
    bases.set(named, unchanged);
    const before = await unchanged;
    const after = await outcome(target, { ...base, [key]: value }).catch(words);
    expect(after).not.toBe(before);
  });
});

/** What must be chosen for an option to count, and for that in turn. */
function conditions(when: TargetOption['when'], options: readonly TargetOption[]): Record<string, OptionValue> {
  if (!when) return {};
  const option = options.find(({ key }) => key === when.key);
  const [chosen = ''] = when.values;
  const values: Partial<Record<TargetOption['kind'], OptionValue>> = { boolean: chosen === 'true', fields: { s: chosen, m: 'messages' } };
  return { ...conditions(option?.when, options), [when.key]: (option && values[option.kind]) ?? chosen };
}
