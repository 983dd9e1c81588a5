import { mkdirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { chooseFolder, readManifest, startWriting } from './exporting.ts';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';

async function openRun(page: Page, target: string): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lens = page.getByRole('region', { name: 'Export' });
  const step = (title: string): Promise<void> => lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title }).click();
  await step('Target');
  await lens.locator(`[data-target="${target}"]`).first().click();
  await step('Run');
  return lens;
}

test('an export that is cancelled while it writes leaves nothing behind, and can be made again', async ({ app }) => {
  test.slow();
  // Large enough that writing takes a while anywhere.
  const rows = 4000;
  const text = 'the valve was counted again and found in its place '.repeat(500);
  const file = writeFile(app.folder, 'large.jsonl', Array.from({ length: rows }, (_, i) => `${rolloutLine(`${i}: ${text}`)}\n`).join(''));
  const before = readdirSync(app.outRoot);
  const page = await app.open([file]);
  const lens = await openRun(page, 'trl/sft');
  await expect(lens.getByRole('heading', { name: 'Write 4,000 examples for TRL SFT' })).toBeVisible({ timeout: 30_000 });
  const name = await startWriting(lens);
  await expect(lens.getByText('Writing', { exact: true })).toBeVisible({ timeout: 30_000 });
  await lens.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(lens.getByRole('progressbar', { name: 'Export' })).toHaveCount(0);
  await expect(lens.getByRole('alert')).toHaveCount(0);
  await expect(lens.getByRole('region', { name: 'Written' })).toHaveCount(0);
  // The page knows of it at once; the files are gone when the engine has put its pen down.
  const made = (): string[] => readdirSync(app.outRoot).filter((each) => !before.includes(each) && each !== 'config');
  await expect.poll(made).toEqual([]);

  // The same name is free again, as nothing stands there.
  await startWriting(lens, name);
  await expect(lens.getByRole('region', { name: 'Written' }).getByRole('status')).toContainText('4,000 examples written to', {
    timeout: 40_000,
  });
  expect(readManifest(path.join(app.outRoot, name)).rowsWritten).toBe(rows);
  expect(made()).toEqual([name]);
  expect(app.complaints).toEqual([]);
});

test('a folder that cannot be written any more says so, keeps every choice, and can be tried again', async ({ app }) => {
  const file = writeFile(app.folder, 'a.jsonl', `${rolloutLine('one')}\n${rolloutLine('two')}\n`);
  const disk = path.join(app.folder, 'disk');
  mkdirSync(disk);
  const page = await app.open([file], { outRoot: disk });
  const lens = await openRun(page, 'custom/rollouts');
  await expect(lens.getByRole('heading', { name: /^Write 2 examples/ })).toBeVisible();
  await chooseFolder(lens);

  // A regular file in the place of the folder: nobody, root neither, can write below it.
  rmdirSync(disk);
  writeFile(app.folder, 'disk', 'not a folder');
  const name = await startWriting(lens, 'kept');
  const alert = lens.getByRole('alert');
  await expect(alert).toContainText('cannot be written');
  await expect(lens.getByLabel('New folder')).toHaveValue('kept');
  await expect(lens.getByRole('region', { name: 'Written' })).toHaveCount(0);

  unlinkSync(disk);
  mkdirSync(disk);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(lens.getByRole('region', { name: 'Written' }).getByRole('status')).toContainText('2 examples written to');
  await expect(alert).toHaveCount(0);
  expect(readdirSync(disk)).toEqual([name]);
  expect(readManifest(path.join(disk, name)).rowsWritten).toBe(2);
  expect(app.complaints).toEqual([]);
});
