import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LineAnswer, LineTask } from './tasks.ts';
import { LineThreads } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-lines-'));
const scanThread = path.join(folder, 'scan-thread.cjs');
const file = path.join(folder, 'a.jsonl');
/** So many that threads are worth it, in several blocks. */
const lines = Array.from({ length: 3000 }, (_, i) =>
  JSON.stringify({ id: i, metadata: { level: i % 5 }, response: { output: [{ content: `${'x'.repeat(8000)} needle${i % 7}` }] } }),
);
const starts = lines.map(() => 0);
lines.forEach((line, i) => (starts[i + 1] = (starts[i] ?? 0) + line.length + 1));
const place = (row: number) => ({ file: 0, line: row + 1, start: starts[row] ?? 0, end: (starts[row + 1] ?? 0) - 1 });
const rows = Uint32Array.from(lines.keys());
let fd = 0;

beforeAll(async () => {
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'warn', build: { outDir: folder } });
  writeFileSync(file, `${lines.join('\n')}\n`);
  fd = openSync(file, 'r');
}, 60_000);
afterAll(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

const over = (more: { scanThread?: string; threads?: number }): LineThreads =>
  new LineThreads({ index: { place }, sources: [{ fd, path: file, verify: () => undefined }], ...more });
const search = (text: string, regex = false): LineTask => ({
  kind: 'search',
  pattern: { text, regex, ignoreCase: false, scopes: ['messages'] },
});
const facts: LineTask = { kind: 'facts', wanted: { paths: ['metadata.level'], patterns: [] } };

/** The rows in which something was found, in the order in which they were told. */
async function foundBy(threads: LineThreads, task: LineTask, signal?: AbortSignal): Promise<number[]> {
  const linesOf = (answer: LineAnswer): readonly number[] =>
    answer.kind === 'search' ? answer.hits.map(({ line }) => line) : (answer.found.paths[0]?.lines ?? []);
  const found: number[] = [];
  await threads.run(task, rows, (block, answer) => found.push(...linesOf(answer).map((line) => block.rows[line] ?? -1)), { signal });
  return found;
}

test('several jobs share the threads, each with its answers in the order of rows, as without threads', async () => {
  const threads = over({ scanThread, threads: 2 });
  const plain = over({});
  const tasks = [search('needle3'), search('needle[12]$', true), facts, search('needle3')];
  const expected = await Promise.all(tasks.map((task) => foundBy(plain, task)));
  expect(expected.map(({ length }) => length)).toEqual([429, 858, 3000, 429]);
  // The same threads again and again.
  for (let i = 0; i < 3; i++) expect(await Promise.all(tasks.map((task) => foundBy(threads, task)))).toEqual(expected);
  await threads.close();
  await expect(foundBy(threads, facts)).rejects.toMatchObject({ code: 'cancelled' });
});

test('a job that is given up ends alone', async () => {
  const threads = over({ scanThread, threads: 1 });
  const abort = new AbortController();
  const given = foundBy(threads, search('(x|y)*z', true), abort.signal);
  const other = foundBy(threads, search('needle4'));
  setTimeout(() => abort.abort(), 5);
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  expect(await other).toHaveLength(428);
  await threads.close();
});

test('what is wrong with a pattern is said at its character; what is wrong with the file by its name', async () => {
  const threads = over({ scanThread, threads: 1 });
  await expect(foundBy(threads, search('a(b', true))).rejects.toMatchObject({ code: 'bad-input', details: { at: 1 } });
  const gone = new LineThreads({
    index: { place },
    sources: [{ fd: 12_345, path: 'gone.jsonl', verify: () => undefined }],
    scanThread,
    threads: 1,
  });
  const failed = foundBy(gone, facts);
  await expect(failed).rejects.toMatchObject({ code: 'unreadable' });
  await expect(failed).rejects.toThrow('gone.jsonl');
  await Promise.all([threads.close(), gone.close()]);
});

test('a thread that dies fails what it was asked; the next job has new threads', async () => {
  const broken = path.join(folder, 'broken.cjs');
  writeFileSync(broken, 'throw new Error("no memory")');
  const threads = over({ scanThread: broken, threads: 2 });
  await expect(foundBy(threads, facts)).rejects.toMatchObject({ code: 'internal' });
  writeFileSync(broken, `require(${JSON.stringify(scanThread)})`);
  expect(await foundBy(threads, search('needle3'))).toHaveLength(429);
  await threads.close();
});
