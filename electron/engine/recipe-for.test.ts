import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-recipe-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function opened(): Promise<Dataset> {
  const file = path.join(folder, 'a.jsonl');
  writeFileSync(file, '{"_ng_task_index":0,"reward":1,"score":{"of":2}}\n');
  const dataset = await engine.open([file]);
  await dataset.watch();
  return dataset;
}

const recipe = { version: 1, filter: ['reward >= 0.5', 'score.of = 2'], target: 'trl/sft', options: { reasoning: 'drop' } };

test('a recipe is read with every option named, its sections among them', async () => {
  const dataset = await opened();
  const read = await dataset.readRecipe(
    JSON.stringify({
      ...recipe,
      sampling: { shuffle: true },
      seed: 7,
      rules: { exclude: ['response/truncated'], off: ['admission/masked'] },
    }),
  );
  expect(read).toMatchObject({
    filter: recipe.filter,
    target: 'trl/sft',
    options: { reasoning: 'drop', shuffle: true, seed: 7, format: 'parquet' },
    rules: { exclude: ['response/truncated'], off: ['admission/masked'] },
  });
  expect(Object.keys(read)).not.toContain('sampling');
  expect(await dataset.readRecipe(JSON.stringify(read))).toEqual(read);
});

test.each([
  ['{', 'it is not JSON. It stops making sense at line 1, character'],
  [{ ...recipe, target: 'trl/sfy' }, 'There is no target trl/sfy. Did you mean trl/sft?'],
  [{ ...recipe, options: { reasonign: 'drop' } }, 'trl/sft has no option reasonign. Did you mean reasoning?'],
  [{ ...recipe, options: { reasoning: 'dorp' } }, 'reasoning: "dorp" is none of its values. Did you mean drop?'],
  [{ ...recipe, filter: ['reward >= 0', 'reward >'] }, '"filter.1", character 9 of reward >: '],
  [{ ...recipe, filter: ['rewrd >= 0'] }, '"filter.0", character 1 of rewrd >= 0: No column "rewrd". Did you mean "reward"?'],
  [{ ...recipe, rules: { exclude: ['response/trunkated'] } }, '"rules.exclude.0": There is no rule "response/trunkated". Did you mean'],
  [{ ...recipe, rules: { off: ['admission/maskd'] } }, 'rules.off: admission/maskd cannot be switched off.'],
  [{ ...recipe, pairs: [{ chosen: { hash: 'a'.repeat(64) }, rejected: { hash: 'b'.repeat(64) } }] }, 'leave the pairs out'],
])('%j is refused with the place and what is to be there', async (value, said) => {
  const dataset = await opened();
  await expect(dataset.readRecipe(typeof value === 'string' ? value : JSON.stringify(value))).rejects.toThrow(said);
});
