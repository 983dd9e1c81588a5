import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-added-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

interface Row {
  reward: number;
  response: object;
  metadata?: { difficulty: number };
}
const rows: readonly Row[] = Array.from({ length: 400 }, (_, i) => ({
  _ng_task_index: Math.floor(i / 8),
  reward: ((i * 37) % 100) / 100,
  response: {
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `answer ${i}` }] }],
    incomplete_details: i % 3 === 0 ? { reason: 'max_output_tokens' } : null,
  },
  responses_create_params: { input: [{ role: 'user', content: `question ${Math.floor(i / 8)}` }] },
  ...(i % 2 === 0 ? { metadata: { difficulty: i % 5 } } : {}),
}));
const file = path.join(folder, 'rows.jsonl');
writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

const expression = 'reward - 0.1 * truncated';
const score = (row: Row, i: number): number => row.reward - 0.1 * Number(i % 3 === 0) + 0;
const withPath = 'metadata.difficulty * 2 + reward';

test('a computed column is a column: described, shown, sorted by, filtered, drawn', async () => {
  const dataset = await engine.open([file]);
  await dataset.watch();
  await dataset.prepare({ filter: [`\`${expression}\` >= 0.5`], columns: [expression, withPath], ordered: [expression] });
  expect(dataset.describe(expression)).toMatchObject({ name: expression, kind: 'number', present: 400, missing: 0 });
  expect(dataset.describe(withPath)).toMatchObject({ kind: 'number', present: 200, missing: 200 });

  const scored = rows.map((row, i) => ({ i, value: score(row, i) }));
  const kept = scored.filter(({ value }) => value >= 0.5).sort((a, b) => b.value - a.value || a.i - b.i);
  const page = dataset.page({
    query: { filter: [`\`${expression}\` >= 0.5`], sort: [{ column: expression, descending: true }] },
    draft: [],
    range: { start: 0, end: 500 },
    columns: [expression, withPath],
  });
  expect(page.rows).toEqual(kept.map(({ i }) => i));
  expect(page.columns[0]?.values).toEqual(kept.map(({ value }) => value));
  expect(page.columns[1]?.values).toEqual(kept.map(({ i }) => (i % 2 === 0 ? (i % 5) * 2 + (rows[i]?.reward ?? Number.NaN) : null)));
  expect(dataset.histogram({ filter: [], column: expression, binning: { kind: 'auto' } }).summary.mean).toBeCloseTo(
    scored.reduce((sum, { value }) => sum + value, 0) / 400,
    12,
  );
});

test('what computes with texts, and a path that no rollout has, say so', async () => {
  const dataset = await engine.open([file]);
  await dataset.watch();
  await dataset.prepare({ filter: [], columns: ['reward - status', 'metadata.dificulty', 'metadata.difficulty'] });
  expect(() => dataset.describe('reward + answer')).toThrow('"answer" holds text, and + takes numbers.');
  expect(() => dataset.describe('metadata.dificulty')).toThrow('Did you mean "metadata.difficulty"?');
});

test('an export names the computed column in its recipe, and makes the same again from it alone', async () => {
  const recipe: Recipe = {
    version: 1,
    filter: [`${withPath} >= 1`],
    target: 'custom/map',
    options: { fields: { score: expression, both: withPath }, 'best-per-task': 1, metric: withPath },
  };
  const write = async (name: string, given: Recipe): Promise<string> => {
    // A dataset of its own: nothing that was prepared before is there.
    const fresh = createEngine({ version: 'test' });
    const dataset = await fresh.open([file]);
    await dataset.watch();
    await dataset.export(given, { folder: path.join(folder, name), overwrite: false });
    await fresh.close();
    return readFileSync(path.join(folder, name, 'train.jsonl'), 'utf8');
  };
  const text = await write('first', recipe);
  const best = new Map<number, { i: number; value: number }>();
  rows.forEach((row, i) => {
    const value = row.metadata === undefined ? Number.NaN : row.metadata.difficulty * 2 + row.reward;
    const task = Math.floor(i / 8);
    if (value >= 1 && value > (best.get(task)?.value ?? -Infinity)) best.set(task, { i, value });
  });
  const written = text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(written).toEqual([...best.values()].map(({ i, value }) => ({ score: score(rows[i]!, i), both: value })));

  const kept: Recipe = JSON.parse(readFileSync(path.join(folder, 'first', 'recipe.json'), 'utf8'));
  expect(kept.options).toMatchObject({ metric: withPath, fields: { score: expression, both: withPath } });
  expect(await write('again', kept)).toBe(text);
});
