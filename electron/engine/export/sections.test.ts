import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { planExport } from './plan.ts';
import { runExport } from './run.ts';
import { completeRecipe } from './sections.ts';
import { targetOf } from './targets.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from './testing/source.ts';

const { info } = targetOf('trl/sft');
const plain = recipeOf('trl/sft');
const key = { hash: '0'.repeat(64) };
const lines = Array.from({ length: 12 }, (_, i) => rolloutLine(i % 4, i % 3 === 0 ? 1 : 0.5, `${i}`));
const masked = rolloutLine(9, 0, 'm').replace('{', '{"mask_sample":true,');

test('sampling and seed are options in a place of their own: the same export', async () => {
  const inSections: Recipe = { ...plain, sampling: { shuffle: true, 'best-per-task': 2 }, seed: 5 };
  const inOptions = recipeOf('trl/sft', { shuffle: true, 'best-per-task': 2, seed: 5 });
  expect(completeRecipe(info, inSections)).toEqual(completeRecipe(info, inOptions));
  expect(completeRecipe(info, { ...inSections, options: { seed: 5 } })).toEqual(completeRecipe(info, inOptions));
  const bytes = async (recipe: Recipe) => {
    const folder = temporaryFolder();
    await runExport(memorySource(lines), recipe, { folder, overwrite: false });
    return readFileSync(path.join(folder, 'train.parquet'));
  };
  expect(await bytes(inSections)).toEqual(await bytes(inOptions));
});

test.each([
  [{ sampling: { shufle: true } }, 'sampling: there is no option shufle. Did you mean shuffle?'],
  [{ sampling: { reasoning: 'drop' } }, 'sampling: there is no option reasoning.'],
  [{ sampling: { shuffle: 'yes' } }, 'shuffle: write true or false.'],
  [{ seed: 1, options: { seed: 2 } }, 'seed is in the recipe twice, as 2 and as 1.'],
  [{ pairs: [{ chosen: key, rejected: key }] }, 'trl/sft writes single rollouts'],
])('%j is refused', (sections, message) => {
  expect(() => completeRecipe(info, { ...plain, ...sections })).toThrow(message);
});

test('a rule of the recipe is the first reason to leave a rollout out, and the report says what it means', async () => {
  const recipe: Recipe = { ...plain, rules: { exclude: ['reward/high'] } };
  const source = memorySource([...lines, masked]);
  const plan = await planExport(source, recipe);
  expect(plan.excluded).toMatchObject([
    { reason: 'reward/high', count: 4, title: 'High reward', examples: [{ line: 1 }, { line: 4 }, { line: 7 }, { line: 10 }] },
    { reason: 'admission/masked', count: 1 },
  ]);
  expect(plan).toMatchObject({ rowsSelected: 13, rolloutsUsed: 8 });
  const folder = temporaryFolder();
  await runExport(source, recipe, { folder, overwrite: true });
  expect(readFileSync(path.join(folder, 'report.md'), 'utf8')).toContain('**High reward**: The reward is 1. Look at it.');
  expect(JSON.parse(readFileSync(path.join(folder, 'recipe.json'), 'utf8'))).toMatchObject({ rules: { exclude: ['reward/high'] } });
});

test('admission rules may be switched off, others may not', async () => {
  const plan = (off: string[]) => planExport(memorySource([masked]), { ...plain, rules: { off } });
  expect(await plan(['admission/masked'])).toMatchObject({ rowsWritten: 1, excluded: [] });
  expect(await plan(['admission/failure-row'])).toMatchObject({ rowsWritten: 0 });
  await expect(plan(['admission/maskd'])).rejects.toThrow('Did you mean admission/masked?');
});
