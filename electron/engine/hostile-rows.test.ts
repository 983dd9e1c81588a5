import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#shared/contract/index.ts';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';
import { canonicalJson } from './select/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-hostile-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const item = (more: string): string => `{"type":"odd","value":${more}}`;
const row = ({ index = '0', reward = '1', output = '', request = '' }: Record<string, string>): string =>
  `{"_ng_task_index":0,"_ng_rollout_index":${index},"reward":${reward},"responses_create_params":{"input":"go"${request}},"response":{"output":[${output}]}}`;
const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const rows = {
  'an index beyond 2^53': row({ index: '9007199254740993' }),
  'an index of 1e300': row({ index: '1e300' }),
  'a reward beyond float64': row({ reward: '1e400' }),
  'an integer beyond 2^53 in an item': row({ output: item('12345678901234567890') }),
  'fractions and powers in tools and request': row({
    request: ',"temperature":1.0,"tools":[{"type":"function","name":"f","parameters":{"minimum":1.0,"maximum":1e400}}]',
  }),
  'keys of prototypes': row({ output: item('{"constructor":1,"toString":2,"hasOwnProperty":3}'), request: ',"toJSON":1,"valueOf":2' }),
  'a key named __proto__': row({ output: item('{"__proto__":{"polluted":1.0},"b":2}'), request: ',"__proto__":5' }),
  'nesting below the limit': row({ output: item(lists(500)) }),
  'nesting beyond the limit': row({ output: item(lists(600)) }),
  'nesting beyond any stack': row({ output: item(lists(60_000)) }),
  'lone surrogates': row({ output: '{"role":"assistant","content":"\\ud800"}', request: ',"user":"\\udc00"' }),
  'no field that fits its type':
    '{"_ng_task_index":{},"_ng_rollout_index":"x","reward":[],"responses_create_params":1,"response":2,"agent_ref":3}',
  'nothing at all': '{}',
};
const names = Object.keys(rows);
let dataset: Dataset;
beforeAll(async () => {
  const file = path.join(folder, 'hostile.jsonl');
  writeFileSync(file, `${Object.values(rows).join('\n')}\n`);
  dataset = await engine.open([file]);
  const { phase, rows: read } = await dataset.watch();
  if (phase !== 'ready' || read !== names.length) throw new Error(`${read} rows were read: ${phase}`);
});

const survivors = names.filter((name) => name !== 'a key named __proto__');
test.each(survivors)('%s: what is read survives threads and the wire as it is', (name) => {
  const detail = dataset.rollout(names.indexOf(name), 'reward');
  expect(structuredClone(detail)).toEqual(detail);
  const arrived = contract['rollout.read'].output.parse(JSON.parse(JSON.stringify(detail)));
  expect(canonicalJson(arrived)).toBe(canonicalJson(detail));
});

test('a key named __proto__ changes no object on its way; only the raw line shows it', () => {
  const at = names.indexOf('a key named __proto__');
  const arrived = contract['rollout.read'].output.parse(JSON.parse(JSON.stringify(dataset.rollout(at, 'reward'))));
  expect(arrived).toMatchObject({ kind: 'rollout', unknownItems: [{ type: 'odd', value: { b: 2 } }], request: { input: 'go' } });
  const [odd] = arrived.kind === 'rollout' ? arrived.unknownItems : [];
  expect(Reflect.get(Object(Reflect.get(Object(odd), 'value')), 'polluted')).toBeUndefined();
  expect(dataset.raw(at, { start: 0, end: 1000 }).text).toContain('__proto__');
});

test.each(['nesting beyond the limit', 'nesting beyond any stack'])('%s is a finding, in the reader and in show', (name) => {
  const at = names.indexOf(name);
  expect(dataset.rollout(at, 'reward')).toMatchObject({ kind: 'rollout', messages: [], reward: 1, problems: [{ rule: 'row/too-deep' }] });
  expect(dataset.show(at)).toMatchObject({ messages: [], problems: [{ rule: 'row/too-deep' }] });
});

test('numbers of tools and items are those of the file', () => {
  const tools = dataset.rollout(names.indexOf('fractions and powers in tools and request'), 'reward');
  expect(tools).toMatchObject({ tools: [{ function: { parameters: { minimum: 1, maximum: '1e400' } } }] });
  const odd = dataset.rollout(names.indexOf('an integer beyond 2^53 in an item'), 'reward');
  expect(odd).toMatchObject({ unknownItems: [{ value: '12345678901234567890' }] });
});
