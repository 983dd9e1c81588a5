import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-long-texts-'));
const engine = createEngine({ version: 'test' });
let seed = 3;
const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
const common = 'The same words begin most of these texts. '.repeat(30);
const words = ['a', 'b', 'é', '"', '\\', '水', '~', '\n'];
/** Texts too long for codes, some of them equal, some the beginning of others; and a few short ones. */
const texts = Array.from({ length: 3000 }, (_, i) => {
  const tail = Array.from({ length: random(6) }, () => words[random(words.length)]).join('');
  return i % 11 === 0 ? tail : `${common.slice(0, 150 + 300 * random(4))}${tail}`;
});
let dataset: Dataset;
beforeAll(async () => {
  const file = path.join(folder, 'long.jsonl');
  writeFileSync(file, texts.map((text) => JSON.stringify({ t: text, reward: 1 })).join('\n'));
  dataset = await engine.open([file]);
  const { phase, rows } = await dataset.watch();
  if (phase !== 'ready' || rows !== texts.length) throw new Error(`${rows} rows were read: ${phase}`);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

test.each([false, true])(
  'sorted by texts that lie in the file, descending %s: as all of them compared, equals in file order',
  async (descending) => {
    await dataset.prepare({ filter: [], columns: [], ordered: ['t'] });
    const rows: number[] = [];
    for (let start = 0; start < texts.length; start += 500) {
      const query = { filter: [], sort: [{ column: 't', descending }] };
      rows.push(...dataset.page({ query, draft: [], range: { start, end: start + 500 }, columns: [] }).rows);
    }
    const sign = descending ? -1 : 1;
    expect(rows).toEqual([...texts.keys()].sort((a, b) => sign * compare(texts[a] ?? '', texts[b] ?? '') || a - b));
  },
);

const bound = texts.find((text) => text.length === 450) ?? '';
test.each([
  ['t = ', (text: string) => text === bound],
  ['t != ', (text: string) => text !== bound],
  ['t < ', (text: string) => text < bound],
  ['t <= ', (text: string) => text <= bound],
  ['t > ', (text: string) => text > bound],
  ['t >= ', (text: string) => text >= bound],
])('conditions on texts that lie in the file: %s…', async (operator, meets) => {
  const condition = `${operator}${JSON.stringify(bound)}`;
  await dataset.prepare({ filter: [condition], columns: [] });
  expect(dataset.stats([condition]).selectedRows).toBe(texts.filter(meets).length);
});

test('patterns look at the whole of a text', async () => {
  const condition = 't ~ /水~$/';
  await dataset.prepare({ filter: [condition], columns: [] });
  expect(dataset.stats([condition]).selectedRows).toBe(texts.filter((text) => text.endsWith('水~')).length);
  expect(texts.some((text) => text.endsWith('水~'))).toBe(true);
});

test.each([
  ['their order', { filter: [], ordered: ['never'] }],
  ['a condition', { filter: ['never ~ /asked before/'] }],
])('reading them for %s says how far it is', async (_, request) => {
  const file = path.join(folder, 'never.jsonl');
  writeFileSync(file, texts.map((text) => JSON.stringify({ never: text, reward: 1 })).join('\n'));
  const fresh = await engine.open([file]);
  await fresh.watch();
  const told: LinesProgress[] = [];
  await fresh.prepare(request, { onProgress: (progress) => told.push(progress) });
  expect(told[0]).toMatchObject({ pass: 'texts', rowsTotal: texts.length });
  expect(told[0]?.rowsDone).toBeLessThan(texts.length / 2);
  told.splice(0);
  await fresh.prepare(request, { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([]);
  await fresh.close();
});

test('reading them can be stopped', async () => {
  const stopping = new AbortController();
  stopping.abort();
  const asked = dataset.prepare({ filter: ['t ~ /never asked before/'], columns: [] }, { signal: stopping.signal });
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});
