import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine, type Dataset, type Engine } from '../index.ts';

// Lines are read from lists as long as the indices used: that is what `!` stands for.

let folder: string;
let engine: Engine;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollscope-annotate-'));
  engine = createEngine({ version: 'test' });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const rollout = (task: number, index: number, reward: number): string =>
  JSON.stringify({ _ng_task_index: task, _ng_rollout_index: index, agent_ref: { name: 'math' }, reward });
const hash = (line: string): string => createHash('sha256').update(line).digest('hex');
const mark = (key: object, set: object): string => JSON.stringify({ v: 1, at: '2026-01-01', by: 'me', key, set });

async function open(lines: readonly string[], marks?: readonly string[]): Promise<Dataset> {
  const file = path.join(folder, 'a.jsonl');
  writeFileSync(file, lines.join('\n') + '\n');
  if (marks) writeFileSync(`${file}.rollscope.jsonl`, marks.join('\n'));
  const dataset = await engine.open([file]);
  await dataset.watch();
  return dataset;
}

async function kept(dataset: Dataset, condition: string): Promise<number[]> {
  await dataset.prepare({ filter: [condition] });
  return dataset.page({ query: { filter: [condition], sort: [] }, draft: [], range: { start: 0, end: 100 }, columns: [] }).rows;
}

test('the hash decides, else the only row of the key; the last line wins field by field', async () => {
  const lines = [rollout(0, 0, 1), rollout(0, 1, 0), '{"broken', rollout(1, 0, 0.5), rollout(2, 0, 1), rollout(2, 0, 0)];
  const dataset = await open(lines, [
    mark({ agent: 'math', task: '0', rollout: 0, hash: hash(lines[0]!) }, { star: true, tags: ['x'] }),
    mark({ agent: 'math', task: '0', rollout: 0, hash: hash(lines[0]!) }, { tags: ['good', 'b'], note: 'why' }),
    'no mark at all',
    mark({ agent: 'math', task: 1, rollout: 0, hash: hash('as it was') }, { star: true }),
    mark({ agent: 'math', task: '2', rollout: 0, hash: hash(lines[5]!) }, { tags: ['good'] }),
    mark({ agent: 'math', task: '2', rollout: 0, hash: hash('neither') }, { star: true }),
    mark({ agent: 'other', task: '0', rollout: 0, hash: hash(lines[0]!) }, { star: true }),
    '{"v":2,"key":{},"set":{}}',
  ]);
  expect(await kept(dataset, 'star')).toEqual([0, 3]);
  expect(await kept(dataset, 'tag "good"')).toEqual([0, 5]);
  expect(await kept(dataset, 'tag "x"')).toEqual([]);
  expect(await kept(dataset, 'not star')).toEqual([1, 4, 5]);
  expect(await kept(dataset, '`note` ~ "WHY"')).toEqual([0]);
  expect(dataset.state().marks).toEqual({ rollouts: 3, carriedOver: 1, lost: 2, unreadableLines: 2 });
  const { columns } = dataset.page({ query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 3 }, columns: ['star', 'tags'] });
  expect(columns).toEqual([
    { name: 'star', values: [true, false, true], absent: [] },
    { name: 'tags', values: ['good, b', null, null], absent: [1, 2] },
  ]);
});

test('tasks that are lines of their own are found by their hash wherever they moved', async () => {
  const lines = ['{"reward":1}', '{"reward":2}', '{"reward":3}'];
  const dataset = await open(lines, [
    mark({ task: 'line 9', hash: hash(lines[1]!) }, { star: true }),
    mark({ task: 'line 1', hash: 'x' }, { star: true }),
  ]);
  expect(await kept(dataset, 'star')).toEqual([1]);
  expect(dataset.state().marks).toMatchObject({ lost: 1 });
});

test('marks are appended, never rewritten, and there again after opening anew', async () => {
  const lines = [rollout(0, 0, 1), rollout(0, 1, 0), '{"broken'];
  const dataset = await open(lines, [mark({ agent: 'math', task: '0', rollout: 1, hash: 'old' }, { note: 'kept', star: true }), 'cut lin']);
  const sidecar = path.join(folder, 'a.jsonl.rollscope.jsonl');
  const before = readFileSync(sidecar, 'utf8');
  dataset.mark(0, { star: true });
  dataset.mark(0, { tags: ['a'] });
  dataset.mark(0, { star: false });
  dataset.mark(1, { tags: ['b'] });
  expect(await kept(dataset, 'star')).toEqual([1]);
  expect(await kept(dataset, 'tag "a" or tag "b"')).toEqual([0, 1]);
  expect(() => dataset.mark(2, { star: true })).toThrow('no rollout');
  expect(readFileSync(sidecar, 'utf8').startsWith(`${before}\n{`)).toBe(true);
  await dataset.close();
  const again = await open(lines);
  expect(await kept(again, 'star and `note` = "kept" and tag "b"')).toEqual([1]);
  expect(await kept(again, 'tag "a" and not star')).toEqual([0]);
  expect(again.state().marks).toEqual({ rollouts: 2, carriedOver: 0, lost: 0, unreadableLines: 1 });
});

test('without marks there are no columns of them; a sidecar that is no file is said', async () => {
  const dataset = await open([rollout(0, 0, 1)]);
  expect(dataset.state().marks).toBeUndefined();
  expect(dataset.columns().map(({ name }) => name)).not.toContain('star');
  expect(await kept(dataset, 'star')).toEqual([]);
  await dataset.close();
  mkdirSync(path.join(folder, 'a.jsonl.rollscope.jsonl'));
  const other = await open([rollout(0, 0, 1)]);
  expect(other.state().marks?.error).toBe('it is no file');
  expect(() => other.mark(0, { star: true })).toThrow('cannot be written');
});

test('a field of the file called like a mark keeps its values under field.', async () => {
  const dataset = await open(['{"star":5,"tags":"mine"}']);
  expect(await kept(dataset, 'field.star = 5 and `field.tags` = "mine"')).toEqual([0]);
});

test('what another process adds to the sidecar is taken in, and marks of both are kept', async () => {
  const lines = [rollout(0, 0, 1), rollout(0, 1, 0), rollout(1, 0, 0.5)];
  const file = path.join(folder, 'a.jsonl');
  writeFileSync(file, lines.join('\n') + '\n');
  const dataset = await engine.open([file], { follow: true });
  await vi.waitFor(() => expect(dataset.state().phase).toBe('ready'), { timeout: 20_000 });
  dataset.mark(0, { star: true });
  const { version } = dataset.state();
  const other = mark({ agent: 'math', task: '0', rollout: 1, hash: hash(lines[1]!) }, { star: true, tags: ['theirs'] });
  appendFileSync(`${file}.rollscope.jsonl`, `${other}\n`);
  await vi.waitFor(() => expect(dataset.state().version).toBeGreaterThan(version), { timeout: 20_000 });
  expect(await kept(dataset, 'star')).toEqual([0, 1]);
  expect(dataset.marksOf(1)).toEqual({ star: true, tags: ['theirs'], note: '', carriedOver: false });
  dataset.mark(1, { star: false });
  dataset.mark(2, { note: 'mine' });
  expect(await kept(dataset, 'star or tag "theirs"')).toEqual([0, 1]);
  expect(await kept(dataset, 'star')).toEqual([0]);
  const again = createEngine({ version: 'test' });
  const opened = await again.open([file]);
  await opened.watch();
  expect([0, 1, 2].map((row) => opened.marksOf(row))).toEqual([0, 1, 2].map((row) => dataset.marksOf(row)));
  await again.close();
});

test('conditions, orders and columns of marks follow each mark', async () => {
  const dataset = await open([rollout(0, 0, 1), rollout(0, 1, 0), rollout(1, 0, 0.5)]);
  const sorted = async () => {
    const query = { filter: ['reward >= 0', 'not tag "bad"'], sort: [{ column: 'star', descending: true }] };
    await dataset.prepare({ filter: query.filter, columns: ['star'], ordered: ['star'] });
    return dataset.page({ query, draft: [], range: { start: 0, end: 9 }, columns: ['note'] }).rows;
  };
  dataset.mark(2, { star: true });
  expect(await sorted()).toEqual([2, 0, 1]);
  expect(dataset.facet({ filter: [], column: 'star', limit: 5 }).values).toEqual([
    { value: false, count: 2 },
    { value: true, count: 1 },
  ]);
  dataset.mark(1, { star: true, tags: ['a', 'bad'] });
  dataset.mark(2, { star: false });
  expect(await sorted()).toEqual([0, 2]);
  dataset.mark(1, { tags: ['a'] });
  expect(await sorted()).toEqual([1, 0, 2]);
  expect(dataset.histogram({ filter: ['star'], column: 'reward', binning: { kind: 'auto' } }).summary.count).toBe(1);
});

test('a review goes to the next undecided rollout, round to the beginning; by bands where least is decided', async () => {
  const rewards = [0, 0.1, 0.15, 0.9, 1, 0.05, 0.5, 0.02];
  const dataset = await open([...rewards.map((reward, i) => rollout(i, 0, reward)), '{"_ng_task_index":99}']);
  const next = (row: number | null, stratified: boolean, filter: string[] = []) =>
    dataset.nextUndecided({ query: { filter, sort: [] }, row, metric: 'reward', stratified });
  await dataset.prepare({ filter: [], columns: ['star', 'reward'] });
  expect(next(null, false)).toEqual({ row: 0, decided: 0, undecided: 9 });
  dataset.mark(0, { star: true });
  dataset.mark(1, { note: 'looked at' });
  dataset.mark(2, { star: true });
  dataset.mark(2, { star: false });
  expect(next(0, false)).toEqual({ row: 2, decided: 2, undecided: 7 });
  expect(next(8, false).row).toBe(2);
  expect(next(null, false, ['reward >= 0.9']).row).toBe(3);
  // Bands of 0.2: two are decided of the lowest, none of the others.
  expect(next(null, true)).toEqual({ row: 6, decided: 2, undecided: 7, band: { low: 0.4, high: expect.closeTo(0.6, 12) } });
  dataset.mark(6, { tags: ['mid'] });
  expect(next(6, true)).toMatchObject({ row: 3, band: { low: 0.8, high: 1 } });
  dataset.mark(3, { star: true });
  expect(next(3, true)).toMatchObject({ row: 8, band: null });
  for (const row of [2, 4, 5, 7, 8]) dataset.mark(row, { star: true });
  expect(next(3, true)).toEqual({ row: null, decided: 9, undecided: 0 });
});
