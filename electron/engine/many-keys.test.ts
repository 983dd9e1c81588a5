import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-keys-'));
const scanThread = path.join(folder, 'scan-thread.cjs');
beforeAll(async () => {
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'warn', build: { outDir: folder } });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows of random keys out of 10,000, more than there is room for, with a few that all have; of several segments. */
const rowCount = 4000;
const pad = 'x'.repeat(9000);
let seed = 7;
const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
const rows = Array.from({ length: rowCount }, (_, i) => {
  const more = Array.from({ length: 20 }, () => `"k${random(10_000)}":${random(100)}`).join(',');
  return `{"reward":${i % 3},"_ng_task_index":${i >> 2},${more},"pad":"${pad}"}`;
});
const parsed = rows.map((row) => JSON.parse(row) as Record<string, unknown>);

async function open(name: string, content: string, more: { threads?: number; cacheFolder?: string } = {}): Promise<Dataset> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const engine = createEngine({ version: 'test', scanThread, ...more });
  const dataset = await engine.open([file]);
  expect(await dataset.watch()).toMatchObject({ phase: 'ready' });
  return dataset;
}

/** Every column that is listed holds what JSON.parse finds, in all rows. */
function checkColumns(dataset: Dataset): number {
  const listed = dataset.columns().filter(({ name }) => /^k\d+$/.test(name));
  const counts = new Map<string, number>();
  for (const row of parsed) for (const key of Object.keys(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { name, present } of listed) expect([name, present]).toEqual([name, counts.get(name)]);
  return listed.length;
}

test.each([0, 1, 2])(
  'more keys than columns, %i threads: what is listed is whole, the rest is said and can be read',
  { timeout: 60_000 },
  async (threads) => {
    const dataset = await open('many.jsonl', rows.join('\n'), { threads });
    const listed = checkColumns(dataset);
    expect(listed).toBeGreaterThan(100);
    expect(dataset.state().limits?.[0]).toMatch(/^More distinct keys than/);
    expect(dataset.stats([]).limits).toEqual(dataset.state().limits);
    expect(dataset.stats([]).metrics['reward']).toMatchObject({
      count: rowCount,
      mean: parsed.reduce((sum, { reward }) => sum + Number(reward), 0) / rowCount,
    });

    const isListed = new Set(dataset.columns().map(({ name }) => name));
    const { problems } = await dataset.validate({ rules: ['row/keys-without-column'] });
    const lacking = parsed.filter((row) => Object.keys(row).some((key) => !isListed.has(key)));
    expect(problems[0]).toMatchObject({ severity: 'warning', count: lacking.length, rows: lacking.length });
    expect(problems[0]?.examples[0]?.message).toMatch(/^k\d+ is in no column$/);

    const hidden = Object.keys(lacking[0] ?? {}).find((key) => !isListed.has(key)) ?? '';
    expect(() => dataset.check(`${hidden} > 50`)).toThrow(
      `No column "${hidden}". Not all keys of these files have one: field.${hidden} is read from the lines.`,
    );
    const condition = `field.${hidden} > 50`;
    await dataset.prepare({ filter: [condition], columns: [] });
    expect(dataset.stats([condition]).selectedRows).toBe(parsed.filter((row) => Number(row[hidden] ?? 0) > 50).length);
  },
);

test('a saved index says the same', { timeout: 60_000 }, async () => {
  const cacheFolder = path.join(folder, 'cache');
  const file = path.join(folder, 'saved.jsonl');
  writeFileSync(file, rows.join('\n'));
  await new Promise((resolve) => setTimeout(resolve, 2100)); // a file that was written just now is not saved
  const answers: unknown[] = [];
  for (let run = 0; run < 2; run++) {
    const engine = createEngine({ version: 'test', cacheFolder });
    const dataset = await engine.open([file]);
    await dataset.watch();
    answers.push([dataset.columns(), dataset.state().limits, await dataset.validate({ rules: ['row/keys-without-column'] })]);
    await engine.close();
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ 1: [expect.stringMatching(/^More distinct keys/)] });
});

test('10,000 keys in one row: the row is a rollout, with its columns as far as there is room', async () => {
  const keys = Array.from({ length: 10_000 }, (_, i) => `"k${i}":${i}`).join(',');
  const dataset = await open('wide.jsonl', `{"reward":1}\n{${keys},"reward":0.5,"_ng_task_index":3}\n`);
  expect(dataset.state()).toMatchObject({ rows: 2, invalidLines: 0 });
  expect(dataset.stats([]).metrics['reward']).toMatchObject({ count: 2, mean: 0.75 });
  expect(dataset.columns().filter(({ name }) => /^k\d/.test(name)).length).toBeGreaterThan(3800);
  const { problems } = await dataset.validate({ rules: ['row/keys-without-column'] });
  expect(problems[0]).toMatchObject({ rows: 1, examples: [{ line: 2 }] });
});

test('a key that is too long is said, and takes no other column along', async () => {
  const dataset = await open('long.jsonl', `{"reward":1,"a":1}\n{"${'k'.repeat(1_000_000)}":1,"b":2}\n`);
  expect(dataset.state().limits).toEqual(['Keys of more than 65,536 bytes have no column.']);
  const names = dataset.columns().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['reward', 'a', 'b']));
  const { problems } = await dataset.validate({ rules: ['row/keys-without-column'] });
  expect(problems[0]?.examples).toMatchObject([{ line: 2, message: `${'k'.repeat(80)} is in no column` }]);
});

test('types of items beyond the limit: their columns are not listed, and it is said', async () => {
  const items = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `{"type":"t${from + i}"}`).join(',');
  const dataset = await open('types.jsonl', `{"response":{"output":[${items(0, 300)}]}}\n{"response":{"output":[${items(299, 300)}]}}\n`);
  expect(dataset.columns().some(({ name }) => name === 'items.t299')).toBe(false);
  expect(dataset.columns().some(({ name }) => name === 'items.t0')).toBe(true);
  expect(dataset.state().limits).toEqual([expect.stringMatching(/^More than 256 types of items/)]);
  expect((await dataset.validate({ rules: ['row/keys-without-column'] })).problems[0]).toMatchObject({ rows: 2 });
});
