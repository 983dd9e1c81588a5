import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { readManifest, startWriting, type Manifest } from '../exporting.ts';
import { expect, type App } from '../fixtures.ts';
import { cli } from '../paths.ts';
import { thousands } from '../sample-page.ts';

/** One export as a user makes it: a cell of the grid, what is set on the way, and what must be seen at the end. */
export interface Order {
  /** Row and column of the grid, as read there. */
  readonly cell: string;
  /** What is set between choosing the cell and writing. */
  readonly set?: (page: Page) => Promise<void>;
  /** Of the file. */
  readonly selected: number;
  readonly examples: number;
  /** What the user runs to train; none where no trainer is named. */
  readonly command: string | null;
}

export interface Written {
  readonly folder: string;
  readonly said: Manifest;
  /** Rows of the data file, as any reader gives them. */
  readonly rows: readonly unknown[];
}

/** Exports by the screen alone, compares the counts shown with the expected ones, and makes the same bytes again without the app. */
export async function exportCell(app: App, page: Page, file: string, order: Order): Promise<Written> {
  await page.keyboard.press('e');
  const lens = page.getByRole('region', { name: 'Export' });
  await goTo(page, 'Target');
  await lens.getByRole('gridcell', { name: new RegExp(`^${order.cell}:`) }).click({ position: { x: 12, y: 12 } });
  await order.set?.(page);
  await goTo(page, 'Run');

  const left = lens.getByRole('group', { name: 'What is left after each step' });
  await expect(left).toContainText(`${thousands(order.selected)} in the filter`);
  await expect(left).toContainText(new RegExp(`${thousands(order.examples)} (example|pair|task)s? written`));
  const name = await startWriting(lens);
  const done = lens.getByRole('region', { name: 'Written' });
  await expect(done.getByRole('status')).toContainText(`${thousands(order.examples)} example`, { timeout: 30_000 });
  await expect(done.getByRole('list', { name: 'Checks' }).getByText('failed', { exact: true })).toHaveCount(0);
  if (order.command !== null) await expect(done.getByText(order.command)).toBeVisible();

  const folder = path.join(app.outRoot, name);
  const said = readManifest(folder);
  await expectFiles(page, folder, said, order);
  expectSameBytes(folder, said, file, path.join(app.folder, `again-${name}`));
  return { folder, said, rows: await readData(folder, said) };
}

export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: step }).click();
}

/** The counts are as ordered; each file shown is there, with the digest shown. */
async function expectFiles(page: Page, folder: string, said: Manifest, { selected, examples }: Order): Promise<void> {
  expect([said.rowsSelected, said.rowsWritten]).toEqual([selected, examples]);
  const files = page.getByRole('region', { name: 'Written' }).getByRole('table');
  for (const { path: name, sha256, bytes } of said.files) {
    const content = readFileSync(path.join(folder, name));
    expect([content.length, digest(content)], name).toEqual([bytes, sha256]);
    await expect(files.getByRole('row', { name })).toContainText(sha256.slice(0, 16));
  }
}

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** The recipe that was saved, on the command line: the same bytes. A configuration may name the folder it stands in. */
function expectSameBytes(folder: string, said: Manifest, file: string, again: string): void {
  execFileSync(process.execPath, [cli, 'export', file, '--recipe', path.join(folder, 'recipe.json'), '--out', again], { stdio: 'pipe' });
  for (const { path: name, sha256 } of said.files) {
    const content = readFileSync(path.join(again, name));
    const moved = isData(name) ? content : Buffer.from(content.toString('utf8').replaceAll(again, folder));
    expect(digest(moved), `${name}, headless`).toBe(sha256);
  }
}

const isData = (name: string): boolean => /\.(parquet|jsonl)$/.test(name);

async function readData(folder: string, said: Manifest): Promise<unknown[]> {
  const data = said.files.find(({ path: name }) => isData(name));
  const file = path.join(folder, data?.path ?? '');
  if (file.endsWith('.parquet')) return await parquetReadObjects({ file: await asyncBufferFromFile(file) });
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each) as unknown);
}
