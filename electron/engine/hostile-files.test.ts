import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-hostile-files-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const good = '{"reward":1,"_ng_task_index":0,"response":{"output":[{"role":"assistant","content":"fine"}]}}';

/** Opens a file of the lines, each given in pieces, and reads it whole. */
async function read(name: string, lines: Iterable<string | Iterable<string>>): Promise<Dataset> {
  const file = path.join(folder, name);
  const descriptor = openSync(file, 'w');
  for (const line of lines) {
    for (const piece of typeof line === 'string' ? [line] : line) writeSync(descriptor, piece);
    writeSync(descriptor, '\n');
  }
  closeSync(descriptor);
  const dataset = await engine.open([file]);
  const { phase, error } = await dataset.watch();
  expect({ phase, error }).toEqual({ phase: 'ready', error: undefined });
  return dataset;
}

const rewards = (dataset: Dataset): number | undefined => dataset.stats([]).metrics['reward']?.count;

test('100,000 levels of nesting are a finding; the lines around it are read', async () => {
  const dataset = await read('deep.jsonl', [good, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, good]);
  expect(dataset.state()).toMatchObject({ rows: 2, invalidLines: 1 });
  const { problems } = await dataset.validate({ rules: ['json/beyond-limit'] });
  expect(problems[0]?.examples[0]).toMatchObject({ line: 2, message: 'nested more than 65,534 levels deep' });
});

test('a key of 1 MB is no column, and nothing else is lost', async () => {
  const dataset = await read('long-key.jsonl', [good, `{"${'k'.repeat(1_000_000)}":1,"reward":0.5}`, good]);
  expect(dataset.state()).toMatchObject({ rows: 3, invalidLines: 0 });
  expect(rewards(dataset)).toBe(3);
  expect(dataset.columns().every(({ name }) => name.length < 70_000)).toBe(true);
});

test('a line of 400 MB is a rollout like others: its fields, its beginning and its end can be read', { timeout: 120_000 }, async () => {
  const piece = 'x'.repeat(1_000_000);
  function* line(): Generator<string> {
    yield '{"reward":0.25,"_ng_task_index":1,"response":{"output":[{"role":"assistant","content":"';
    for (let i = 0; i < 400; i++) yield piece;
    yield '"}]}}';
  }
  const dataset = await read('long-line.jsonl', [good, line(), good]);
  expect(dataset.state()).toMatchObject({ rows: 3, invalidLines: 0 });
  const page = dataset.page({
    query: { filter: ['reward < 1'], sort: [] },
    draft: [],
    range: { start: 0, end: 9 },
    columns: ['line', 'answer'],
  });
  expect(page.columns[0]?.values).toEqual([2]);
  expect(String(page.columns[1]?.values[0])).toMatch(/^x{200,}…$/);
  const { bytes } = dataset.raw(1, { start: 0, end: 0 });
  expect(bytes).toBeGreaterThan(400_000_000);
  expect(dataset.raw(1, { start: bytes - 5, end: bytes }).text).toBe('"}]}}');

  const before = process.resourceUsage().maxRSS;
  const shown = dataset.show(1);
  expect(shown).toMatchObject({ reward: 0.25, problems: [{ rule: 'row/shortened' }] });
  expect(shown.messages[0]?.content).toMatch(/^x{200000}x* … \[399,\d{3},\d{3} more bytes\]$/);
  expect(dataset.rollout(1, 'reward')).toMatchObject({ bytes, messages: shown.messages, problems: shown.problems });
  // In KB: what showing it took beyond anything before.
  expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(3 * bytes);
  await dataset.close();
  rmSync(path.join(folder, 'long-line.jsonl'));
});

test('5 million distinct texts: the column gives up its dictionary, not its values', { timeout: 120_000 }, async () => {
  const count = 5_000_000;
  function* lines(): Generator<string> {
    for (let from = 0; from < count; from += 50_000) {
      const rows = Array.from(
        { length: 50_000 },
        (_, i) => `{"id":"s${from + i}","_ng_task_index":${(from + i) >> 3},"reward":${(from + i) & 1}}`,
      );
      yield rows.join('\n');
    }
  }
  const dataset = await read('distinct.jsonl', lines());
  expect(dataset.state()).toMatchObject({ rows: count, invalidLines: 0 });
  expect(dataset.columns().find(({ name }) => name === 'id')).toMatchObject({
    kind: 'string',
    present: count,
    nulls: 0,
    missing: 0,
    note: expect.stringMatching(/^Texts that are long or hardly repeat stay in the file/),
  });
  const range = { start: count - 2, end: count };
  const { columns } = dataset.page({ query: { filter: [], sort: [] }, draft: [], range, columns: ['id', 'reward'] });
  expect(columns.map(({ values }) => values)).toEqual([
    [`s${count - 2}`, `s${count - 1}`],
    [0, 1],
  ]);
  expect(dataset.stats([]).metrics['reward']).toMatchObject({ count, mean: 0.5 });
  await dataset.close();
  rmSync(path.join(folder, 'distinct.jsonl'));
});

test('a folder, a missing file, an empty one: an error that says what to do', async () => {
  writeFileSync(path.join(folder, 'empty.jsonl'), '');
  const failure = async (name: string): Promise<unknown> => engine.open([path.join(folder, name)]).catch((error: unknown) => error);
  expect(await failure('.')).toMatchObject({ code: 'bad-input' });
  expect(await failure('nowhere.jsonl')).toMatchObject({ code: 'not-found' });
  expect(await failure('empty.jsonl')).toMatchObject({ code: 'not-rollouts' });
});
