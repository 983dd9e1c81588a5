import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from './engine.ts';

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
