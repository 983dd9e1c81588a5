import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startWriting } from './exporting.ts';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { cli } from './paths.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function stats(file: string): Promise<Ended> {
  return await new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, 'stats', file, '--json'], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const refused: readonly [string, (folder: string) => string, RegExp][] = [
  ['a path that does not exist', (folder) => path.join(folder, 'nowhere.jsonl'), /nowhere\.jsonl/],
  ['an empty file', (folder) => writeFile(folder, 'empty.jsonl', ''), /empty/],
  ['a folder without rollouts', (folder) => (mkdirSync(path.join(folder, 'bare')), path.join(folder, 'bare')), /bare/],
  ['a zip file', (folder) => writeFile(folder, 'a.jsonl', Buffer.from('PK\u0003\u0004\u0000\u0000binary\u0000')), /zip/],
  ['a file that is no text', (folder) => writeFile(folder, 'b.jsonl', Buffer.from([0, 1, 2, 3, 255, 0, 7])), /b\.jsonl/],
];

for (const [name, make, words] of refused) {
  test(`${name} is refused with a sentence that says what and where`, async ({ app }) => {
    const { code, stdout, stderr } = await stats(make(app.folder));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
  });
}

test('a file that cannot be opened is refused on the page, beside a way out', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'empty.jsonl', '')]);
  await expect(page.getByText(/empty/i).first()).toBeVisible();
  await expect(
    page
      .getByRole('button', { name: /sample/i })
      .or(page.getByText(/sample/i))
      .first(),
  ).toBeVisible();
});

test('BOM and CRLF are read as if they were not there', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'crlf.jsonl', `\uFEFF${rolloutLine('one')}\r\n${rolloutLine('two')}\r\n`)]);
  await expect(page.getByTestId('counts')).toContainText('2 of 2 rollouts');
});

test('a file without a newline is one rollout', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'one.jsonl', rolloutLine('one'))]);
  await expect(page.getByTestId('counts')).toContainText('1 of 1 rollout');
});

test('invalid lines and a cut last line stay visible, each with its reason', async ({ app }) => {
  const good = rolloutLine('fine');
  const cut = good.slice(0, 120);
  const lines = [good, '<PLACEHOLDER ROW>', good.replace('"reward":1', '"reward":NaN'), '', good, '[1, 2]', cut];
  const page = await app.open([writeFile(app.folder, 'mixed.jsonl', lines.join('\n'))]);
  await expect(page.getByTestId('counts')).toContainText('2 of 2 rollouts');
  await page.getByRole('tab', { name: 'Problems' }).click();
  const rules = page.getByRole('listbox', { name: 'Rules that found something' });
  await expect(rules.getByRole('option').filter({ hasText: 'json/' })).toHaveCount(4);
  for (const rule of ['json/placeholder', 'json/nan', 'json/not-object', 'json/cut']) await expect(rules).toContainText(rule);
  await rules.getByRole('option').filter({ hasText: 'json/cut' }).click();
  const found = page.getByRole('listbox', { name: 'Lines' }).getByRole('option');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('7');
  await found.click();
  const reader = page.getByRole('region', { name: 'Reader' });
  await expect(reader).toContainText('Line 7 is no rollout');
  await expect(reader.getByLabel('The line around the offending byte')).toBeVisible();
});

test('an export that cannot be written says why beside a way out, and leaves what is there', async ({ app }) => {
  const file = writeFile(app.folder, 'a.jsonl', `${rolloutLine('one')}\n${rolloutLine('two')}\n`);
  const page = await app.open([file]);
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lens = page.getByRole('region', { name: 'Export' });
  const step = (title: string): Promise<void> => lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title }).click();
  const start = lens.getByRole('button', { name: /^Export/ });
  const name = lens.getByLabel('New folder');

  // An expression in a mapping that is none: told beside its field, and on every step with the way there.
  await step('Target');
  await lens.locator('[data-target="custom/map"]').first().click();
  await step('Mapping');
  await lens.getByLabel('Path of field 2').fill('round(reward');
  await lens.getByLabel('Path of field 2').press('Enter');
  await expect(lens.getByLabel('Path of field 2')).toHaveAccessibleDescription('Expected , or ).');
  await step('Run');
  await lens.getByRole('button', { name: 'Go to mapping' }).click();
  await lens.getByLabel('Path of field 2').fill('round(reward, 1)');
  await lens.getByLabel('Path of field 2').press('Enter');
  await expect(lens.getByRole('alert')).toHaveCount(0);

  // A folder with files that no export wrote: asked first, and never replaced.
  const mine = path.join(app.outRoot, 'mine');
  mkdirSync(mine);
  writeFile(mine, 'train.jsonl', 'not to be lost');
  await step('Run');
  await startWriting(lens, 'mine');
  await expect(lens.getByText('The folder mine is not empty.', { exact: false })).toBeVisible();
  expect(readdirSync(mine)).toEqual(['train.jsonl']);
  await lens.getByRole('button', { name: 'Replace the earlier export' }).click();
  await expect(lens.getByText('holds a train.jsonl that no export of ours wrote', { exact: false })).toBeVisible();
  expect(readFileSync(path.join(mine, 'train.jsonl'), 'utf8')).toBe('not to be lost');
  expect(readdirSync(mine)).toEqual(['train.jsonl']);
  await lens.getByRole('button', { name: 'Write to mine-2' }).click();
  await expect(lens.getByRole('region', { name: 'Written' }).getByRole('status')).toContainText('2 examples written to');

  // A file where the folder should be.
  writeFile(app.outRoot, 'taken', 'a file');
  await name.fill('taken');
  await start.click();
  await expect(lens.getByRole('alert')).toContainText('there is a file of that name');
  await expect(lens.getByRole('button', { name: 'Try again' })).toBeVisible();

  // The file that was read is another one now.
  writeFile(app.folder, 'a.jsonl', `${rolloutLine('three')}\n${rolloutLine('four')}\n`);
  await name.fill('changed');
  await start.click();
  await expect(lens.getByText(/has changed since it was opened/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible({ timeout: 15_000 });
  expect(readdirSync(app.outRoot)).not.toContain('changed');
});
