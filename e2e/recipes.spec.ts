import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest, startWriting } from './exporting.ts';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { cli } from './paths.ts';

const lines = [
  rolloutLine('two', { _ng_task_index: 0, reward: 1 }),
  rolloutLine('three', { _ng_task_index: 0, reward: 0.4 }),
  rolloutLine('four', { _ng_task_index: 0, reward: 0 }),
  rolloutLine('five', { _ng_task_index: 1, reward: 0.9, mask_sample: true }),
  rolloutLine('six', { _ng_task_index: 1, reward: 0.2 }),
];
const key = (row: number): { hash: string } => ({
  hash: createHash('sha256')
    .update(lines[row] ?? '')
    .digest('hex'),
});
/** Says something to every step, and what no step has a control for. */
const recipe = {
  version: 1,
  filter: ['reward >= 0', 'turns < 9'],
  target: 'trl/dpo',
  options: { reasoning: 'drop', format: 'jsonl' },
  sampling: { pairs: 'by-hand', shuffle: true },
  seed: 7,
  pairs: [
    { chosen: key(1), rejected: key(2) },
    { chosen: key(0), rejected: key(1) },
    { chosen: key(3), rejected: key(4) },
  ],
  rules: { exclude: ['calls/unmatched'], off: ['admission/masked'] },
};

test('an export from a recipe has the bytes of the same recipe on the command line; one that is none changes nothing', async ({ app }) => {
  const file = writeFile(app.folder, 'a.jsonl', `${lines.join('\n')}\n`);
  const recipeFile = writeFile(app.folder, 'by-hand.json', JSON.stringify(recipe, null, 2));
  const headless = path.join(app.folder, 'headless');
  execFileSync(process.execPath, [cli, 'export', file, '--recipe', recipeFile, '--out', headless], { stdio: 'pipe' });

  const page = await app.open([file]);
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lens = page.getByRole('region', { name: 'Export' });
  const chosen = page.waitForEvent('filechooser');
  await lens.getByRole('button', { name: 'From a recipe' }).click();
  await (await chosen).setFiles(writeFile(app.folder, 'wrong.json', JSON.stringify({ ...recipe, filter: ['rewrd > 0'] })));
  await expect(lens.getByRole('alert')).toContainText('"filter.0", character 1 of rewrd > 0: No column "rewrd". Did you mean "reward"?');

  const again = page.waitForEvent('filechooser');
  await lens.getByRole('button', { name: 'Another recipe' }).click();
  await (await again).setFiles(recipeFile);
  await expect(lens.getByRole('status').first()).toContainText('2 conditions in the filter bar, TRL DPO');
  await expect(page.getByTestId('chip')).toHaveCount(2);
  await expect(lens.getByRole('region', { name: 'From the recipe' })).toContainText('calls/unmatched');
  await lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name: 'Run' }).click();
  const name = await startWriting(lens);
  await expect(lens.getByRole('region', { name: 'Written' }).getByRole('status')).toContainText('3 examples written to');

  for (const { path: written } of readManifest(headless).files) {
    const [there, here] = [headless, path.join(app.outRoot, name)].map((folder) =>
      readFileSync(path.join(folder, written), 'utf8').replaceAll(folder, ''),
    );
    expect(here, written).toBe(there);
  }
  expect(app.complaints).toEqual([]);
});
