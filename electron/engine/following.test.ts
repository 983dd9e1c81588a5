import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-following-'));
const engine = createEngine({ version: 'test', follow: true });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const row = (task: number, reward: number, more = ''): string => `{"_ng_task_index":${task},"reward":${reward}${more}}\n`;
/** Longer than a line must rest. */
const patience = { timeout: 10_000, interval: 50 };

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Opens files that were written long ago. */
async function open(...files: string[]): Promise<Dataset> {
  for (const file of files) utimesSync(file, 1, 1);
  const dataset = await engine.open(files);
  await expect.poll(() => dataset.state().following).toBe(true);
  return dataset;
}

const everyRow = { query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 400 } };

/** What a dataset answers must be what one answers that reads the files as they are now. */
async function expectAsAnew(dataset: Dataset, ...files: string[]): Promise<void> {
  const anew = await createEngine({ version: 'test' }).open(files);
  const fresh = await anew.watch();
  const columns = ['file', 'line', 'task', 'reward', 'text'].filter((name) => anew.columns().some((column) => column.name === name));
  const inOrder = (from: Dataset): unknown[] => {
    const page = from.page({ ...everyRow, columns });
    const rows = page.rows.map((id, i) => [
      JSON.stringify(page.columns.map((column) => [column.name, column.values[i], column.absent.includes(i)])),
      from.raw(id, { start: 0, end: 1000 }).text,
    ]);
    return rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  };
  const { files: counts, lines, rows, invalidLines, blankLines, cutLastLine, tasks } = dataset.state();
  expect({ counts, lines, rows, invalidLines, blankLines, cutLastLine, tasks }).toEqual({
    counts: fresh.files,
    lines: fresh.lines,
    rows: fresh.rows,
    invalidLines: fresh.invalidLines,
    blankLines: fresh.blankLines,
    cutLastLine: fresh.cutLastLine,
    tasks: fresh.tasks,
  });
  expect(dataset.stats([])).toEqual(anew.stats([]));
  expect(await problems(dataset)).toEqual(await problems(anew));
  expect(inOrder(dataset)).toEqual(inOrder(anew));
  for (let line = 1; line <= 12; line++) expect(lineText(dataset, line)).toEqual(lineText(anew, line));
  await anew.close();
}

/** Examples come in the order of the rows, which is that of arrival. */
async function problems(dataset: Dataset): Promise<unknown> {
  const found = (await dataset.validate({ examples: 1000 })).problems;
  return found.map(({ examples, ...problem }) => ({ ...problem, examples: examples.map((each) => JSON.stringify(each)).sort() }));
}

function lineText(dataset: Dataset, line: number): string | null {
  const found = dataset.rowAtLine(line);
  return found === null ? null : dataset.raw(found, { start: 0, end: 1000 }).text;
}

test('new lines become rows, one by one and many at once; watchers are told', { timeout: 20_000 }, async () => {
  const file = write('grows.jsonl', row(0, 1) + row(0, 0));
  const dataset = await open(file);
  const stop = new AbortController();
  const reports: number[] = [];
  const watching = dataset.watch({ signal: stop.signal, onProgress: ({ rows }) => reports.push(rows) });
  for (let i = 1; i <= 4; i++) {
    appendFileSync(file, row(i, 1, `,"text":"${'é'.repeat(i)}"`) + (i === 2 ? '\n' : ''));
    await expect.poll(() => dataset.state().rows, patience).toBe(2 + i);
    expect(dataset.state()).toMatchObject({ phase: 'ready', growing: true, lines: 2 + i });
  }
  await expectAsAnew(dataset, file);
  appendFileSync(file, Array.from({ length: 60_000 }, (_, i) => row(i % 50, i % 2, `,"text":"x${i}","pad":"${'y'.repeat(40)}"`)).join(''));
  await expect.poll(() => dataset.state().rows, patience).toBe(60_006);
  await expectAsAnew(dataset, file);
  await expect.poll(() => reports.at(-1), patience).toBe(60_006);
  expect(dataset.isCurrent()).toBe(true);
  expect(await engine.open([file])).toBe(dataset);
  stop.abort();
  await expect(watching).rejects.toMatchObject({ code: 'cancelled' });
});

test('a cut last line is no error before the file rests, and becomes a rollout when its rest comes', { timeout: 30_000 }, async () => {
  const file = write('cut.jsonl', `${row(0, 1)}{"_ng_task_index":1,"rew`);
  const dataset = await engine.open([file]);
  await expect.poll(() => dataset.state().following).toBe(true);
  expect(dataset.state()).toMatchObject({ phase: 'ready', lines: 1, invalidLines: 0, growing: true, cutLastLine: false });
  // Cut, and at rest.
  await expect.poll(() => dataset.state().invalidLines, patience).toBe(1);
  await expectAsAnew(dataset, file);
  expect(dataset.state()).toMatchObject({ cutLastLine: true, tasks: 1 });
  // A little more is still cut.
  appendFileSync(file, 'ard":');
  await expect.poll(() => dataset.raw(1, { start: 0, end: 100 }).text, patience).toBe('{"_ng_task_index":1,"reward":');
  await expectAsAnew(dataset, file);
  appendFileSync(file, '0.5}');
  await expect.poll(() => dataset.state().rows, patience).toBe(2);
  await expectAsAnew(dataset, file);
  expect(dataset.state().tasks).toBe(2);
  appendFileSync(file, `\n${row(2, 1)}`);
  await expect.poll(() => dataset.state().rows, patience).toBe(3);
  await expectAsAnew(dataset, file);
});

test('conditions that read lines see what a line has become', { timeout: 20_000 }, async () => {
  const file = write('conditions.jsonl', `${row(0, 1, ',"meta":{"level":1}')}{"_ng_task_index":1,"meta":`);
  const dataset = await open(file);
  const filter = ['meta.level >= 1'];
  const keeps = async (): Promise<number> => {
    await dataset.prepare({ filter });
    return dataset.page({ ...everyRow, query: { filter, sort: [] }, columns: ['meta.level'] }).total;
  };
  expect(await keeps()).toBe(1);
  appendFileSync(file, `{"level":2}}\n${row(2, 1, ',"meta":{"level":3}')}`);
  await expect.poll(() => dataset.state().rows, patience).toBe(3);
  expect(await keeps()).toBe(3);
});

test('of several files, each may go on, inside a line too', { timeout: 30_000 }, async () => {
  const first = write('shard-0.jsonl', `${row(0, 1)}{"_ng_task_index":1,`);
  const second = write('shard-1.jsonl', row(2, 1) + row(2, 0, ',"text":"last"').trimEnd());
  const dataset = await open(first, second);
  expect(dataset.state()).toMatchObject({ lines: 4, invalidLines: 1, cutLastLine: true });
  appendFileSync(first, `"reward":0.25}\n${row(3, 1)}`);
  appendFileSync(second, `\n${row(4, 1)}{"reward"`);
  await expect.poll(() => dataset.state().rows, patience).toBe(6);
  expect(dataset.state()).toMatchObject({ invalidLines: 0, growing: true, cutLastLine: false });
  appendFileSync(first, row(5, 0));
  appendFileSync(second, ':1}\n');
  await expect.poll(() => dataset.state().rows, patience).toBe(8);
  await expectAsAnew(dataset, first, second);
  expect(dataset.rowAtLine(4, 'shard-1.jsonl')).not.toBeNull();
  // What seemed to be whole was not: another task, and no rollout at all.
  appendFileSync(second, row(2, 1).trimEnd());
  await expect.poll(() => dataset.state().rows, patience).toBe(9);
  appendFileSync(second, '{"_ng_task_index":9}\n');
  await expect.poll(() => dataset.state().invalidLines, patience).toBe(1);
  await expectAsAnew(dataset, first, second);
});

test('a last line of blanks is no row, and may become one', { timeout: 20_000 }, async () => {
  const file = write('blanks.jsonl', `${row(0, 1)}  `);
  const dataset = await open(file);
  expect(dataset.state()).toMatchObject({ lines: 1, blankLines: 0 });
  appendFileSync(file, row(1, 0));
  await expect.poll(() => dataset.state().rows, patience).toBe(2);
  await expectAsAnew(dataset, file);
});

test('a file that is rewritten or cut is said, and gives no wrong rows', async () => {
  for (const [name, change] of [
    ['rewritten.jsonl', (file: string) => writeFileSync(file, row(8, 0).repeat(3))],
    ['truncated.jsonl', (file: string) => truncateSync(file, 3)],
  ] as const) {
    const file = write(name, row(0, 1) + row(1, 1));
    const dataset = await open(file);
    change(file);
    await expect.poll(() => dataset.state().notices?.[0], patience).toMatch(/has changed since it was opened/);
    expect(dataset.state()).toMatchObject({ phase: 'ready', following: false, rows: 2 });
    expect(() => dataset.raw(0, { start: 0, end: 10 })).toThrow(/has changed/);
    expect(dataset.isCurrent()).toBe(false);
    await dataset.watch();
  }
});

test('a file that is replaced or removed is said, and can still be read', async () => {
  const file = write('replaced.jsonl', row(0, 1));
  const removed = write('removed.jsonl', row(0, 1));
  const dataset = await open(file);
  const other = await open(removed);
  renameSync(write('new.jsonl', row(7, 0)), file);
  rmSync(removed);
  await expect.poll(() => dataset.state().notices?.[0], patience).toMatch(/was replaced by another file/);
  await expect.poll(() => other.state().notices?.[0], patience).toMatch(/was removed or renamed/);
  expect(dataset.raw(0, { start: 0, end: 100 }).text).toBe(row(0, 1).trimEnd());
  expect(await engine.open([file])).not.toBe(dataset);
});

test('an export is of the rows there were when it began, whatever comes meanwhile', { timeout: 20_000 }, async () => {
  const message = '"responses_create_params":{"input":"q"},"response":{"output":[{"type":"message","role":"assistant","content":"a"}]}';
  const line = (i: number): string => `{"_ng_task_index":${i},"reward":1,${message}}\n`;
  const file = write('exported.jsonl', Array.from({ length: 3000 }, (_, i) => line(i)).join(''));
  const dataset = await open(file);
  let isOver = false;
  const recipe = { version: 1 as const, target: 'custom/rollouts', filter: [], options: {} };
  const exporting = dataset.export(recipe, { folder: path.join(folder, 'out'), overwrite: false }).finally(() => (isOver = true));
  const before = readFileSync(file);
  appendFileSync(file, line(9999));
  const manifest = await exporting;
  expect(isOver).toBe(true);
  expect(manifest).toMatchObject({ rowsRead: 3000, rowsWritten: 3000, source: [{ bytes: before.length }] });
  await expect.poll(() => dataset.state().rows, patience).toBe(3001);
});

test('following can be switched off for a dataset', async () => {
  const file = write('fixed.jsonl', row(0, 1));
  const dataset = await engine.open([file], { follow: false });
  expect(await dataset.watch()).toMatchObject({ phase: 'ready', following: false, rows: 1 });
  appendFileSync(file, row(1, 1));
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(dataset.state().rows).toBe(1);
});
