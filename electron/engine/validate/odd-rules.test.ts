import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from '../engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-odd-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

test('rules about the bytes of lines: found by a search of problems and by conditions, invalid lines left out', async () => {
  const file = path.join(folder, 'a.jsonl');
  const lines = [
    '{"reward":1}',
    String.raw`{"reward":1,"metadata":{"a":["\ud83d","\udc00"]}}`,
    '{"reward":1,"metadata":{"k":1,"k":2},"id":[12345678901234567890]}',
    String.raw`{"reward":1,"a":"\ud83d",}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const filter = ['problem "json/duplicate-key" or problem "text/lone-surrogate"'];
  await dataset.prepare({ filter });
  expect(dataset.counts(filter)).toMatchObject({ rows: 3, kept: 2 });
  const rules = ['text/lone-surrogate', 'json/duplicate-key', 'number/beyond-float64'];
  const { problems } = await dataset.validate({ rules });
  expect(problems.map(({ rule, count, rows, examples }) => [rule, count, rows, examples[0]?.line, examples[0]?.at])).toEqual([
    ['text/lone-surrogate', 2, 1, 2, 'metadata.a[0]'],
    ['json/duplicate-key', 1, 1, 3, 'metadata.k'],
    ['number/beyond-float64', 1, 1, 3, 'id[0]'],
  ]);
});
