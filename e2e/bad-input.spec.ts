import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
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
