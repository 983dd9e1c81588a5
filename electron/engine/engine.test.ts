import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { ExportProgress } from '#shared/model/export.ts';
import { createEngine } from './engine.ts';
import { inSlices } from './jobs/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-engine-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, rows: number, row = (i: number): string => `{"_ng_task_index":${i},"reward":1}`): string {
  const file = path.join(folder, name);
  writeFileSync(file, `${Array.from({ length: rows }, (_, i) => row(i)).join('\n')}\n`);
  return file;
}

test('the same files are one dataset, until they change or reading was stopped', async () => {
  const file = write('same.jsonl', 3);
  const first = await engine.open([file]);
  await first.watch();
  expect(await engine.open([file])).toBe(first);

  appendFileSync(file, '{"reward":0}\n');
  const second = await engine.open([file]);
  expect(second).not.toBe(first);
  expect(await second.watch()).toMatchObject({ rows: 4 });
  expect(first.page({ query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 9 }, columns: [] }).total).toBe(3);

  second.stop();
  const third = await engine.open([file]);
  expect(third).not.toBe(second);
  expect(await third.watch()).toMatchObject({ phase: 'ready' });
});

test('reading that was stopped ends well and does not say how many tasks there are', async () => {
  const file = write('stopped.jsonl', 50_000, (i) => `{"responses_create_params":{"input":"question ${i}"}}`);
  const dataset = await engine.open([file]);
  const watching = dataset.watch();
  dataset.stop();
  const state = await watching;
  expect(state.phase).toBe('cancelled');
  expect(state.tasks).toBeUndefined();
});

test('closing while tasks are numbered by their lines ends the watch and lets go of the file', async () => {
  const file = write('closed.jsonl', 50_000, (i) => `{"responses_create_params":{"input":"question ${i}"}}`);
  const dataset = await engine.open([file]);
  const watching = dataset.watch();
  await expect.poll(() => dataset.state().rows).toBeGreaterThan(0);
  await dataset.close();
  expect(await watching).toMatchObject({ phase: 'cancelled' });
  expect(() => engine.dataset(dataset.id)).toThrow(/not open any more/);
  expect(() => dataset.raw(0, { start: 0, end: 10 })).toThrow(/is closed/);
});

test('a file that is rewritten while its tasks are numbered is a failure that is told, not thrown', async () => {
  const file = write('rewritten.jsonl', 50_000, (i) => `{"responses_create_params":{"input":"question ${i}"}}`);
  const dataset = await engine.open([file]);
  await expect.poll(() => dataset.state().rows).toBeGreaterThan(0);
  writeFileSync(file, '{"reward":1}\n');
  expect(await dataset.watch()).toMatchObject({ phase: 'failed', error: expect.stringContaining('Open it again') });
});

test('reading says how fast it is, and no more once it is over', async () => {
  const dataset = await engine.open([write('rated.jsonl', 400_000)]);
  const states: DatasetState[] = [];
  const last = await dataset.watch({ onProgress: (state) => states.push(state) });
  expect(
    states.every(({ phase, job, bytesRead, bytesTotal }) =>
      job ? job.bytesDone === bytesRead && job.bytesTotal === bytesTotal : phase !== 'reading',
    ),
  ).toBe(true);
  expect(states.some(({ job }) => (job?.bytesPerSecond ?? 0) > 0)).toBe(true);
  expect(last).toMatchObject({ phase: 'ready' });
  expect(last.job).toBeUndefined();
});

test('very long lines are passed on in pieces, byte for byte; between two of them it can be stopped', { timeout: 30_000 }, async () => {
  const long = (letter: string, size: number): string => `{"reward":1,"s":"${letter.repeat(size)}"}`;
  const lines = [long('a', 9), long('b', 7_000_001), long('c', 9), long('d', 2_100_000), long('é', 40_000_000)];
  const dataset = await engine.open([write('long.jsonl', lines.length, (i) => lines[i] ?? '')]);
  await dataset.watch();
  const recipe = { version: 1, filter: [], target: 'custom/rollouts', options: {} } as const;
  const reports: ExportProgress[] = [];
  const out = path.join(folder, 'passed');
  await dataset.export({ ...recipe, filter: [] }, { folder: out, overwrite: false }, { onProgress: (progress) => reports.push(progress) });
  expect(readFileSync(path.join(out, 'train.jsonl'), 'utf8') === `${lines.join('\n')}\n`).toBe(true);
  const inBytes = reports.filter(({ phase }) => phase === 'write' || phase === 'verify');
  expect(inBytes.every(({ job }) => job !== undefined && job.bytesDone <= job.bytesTotal)).toBe(true);

  const stopping = new AbortController();
  const stopped = path.join(folder, 'stopped');
  let after = 0;
  const partial = path.join(stopped, 'train.jsonl.partial');
  // In the middle of the last line, however fast the disk is: reports come ten times a second at most.
  const watch = setInterval(() => {
    if ((statSync(partial, { throwIfNoEntry: false })?.size ?? 0) > 20_000_000) stopping.abort();
  }, 1);
  const exporting = dataset.export(
    { ...recipe, filter: [] },
    { folder: stopped, overwrite: false },
    { signal: stopping.signal, onProgress: () => stopping.signal.aborted && after++ },
  );
  await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
  clearInterval(watch);
  expect(after).toBe(0);
  expect(readdirSync(folder)).not.toContain('stopped');
});

test('an order of many texts is made in turns with others, and is there when it is asked for', { timeout: 30_000 }, async () => {
  const dataset = await engine.open([
    write('ordered.jsonl', 60_000, (i) => `{"reward":1,"id":"t${(i * 7919) % 60_013}","n":${(i * 31) % 997}}`),
  ]);
  await dataset.watch();
  const other = {};
  let turns = 0;
  const stopping = new AbortController();
  const busy = inSlices(
    (function* () {
      while (true) {
        turns++;
        yield;
      }
    })(),
    () => stopping.signal.aborted,
    other,
  );
  await dataset.prepare({ filter: [], ordered: ['id', 'n', 'nothing'] });
  stopping.abort();
  await busy;
  expect(turns).toBeGreaterThan(0);
  const sort = [{ column: 'id', descending: true }];
  const { rows } = dataset.page({ query: { filter: [], sort }, draft: [], range: { start: 0, end: 500 }, columns: ['id'] });
  const ids = Array.from({ length: 60_000 }, (_, i) => `t${(i * 7919) % 60_013}`);
  expect(rows).toEqual([...ids.keys()].sort((a, b) => ((ids[a] ?? '') > (ids[b] ?? '') ? -1 : 1)).slice(0, 500));
});
