import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { expect, type App } from './fixtures.ts';
import type { Line } from './independent.ts';

/** What an export says of itself. */
const manifest = z.object({
  rowsRead: z.int(),
  filteredOut: z.array(z.object({ count: z.int() })),
  rowsSelected: z.int(),
  rolloutsUsed: z.int(),
  rowsWritten: z.int(),
  excluded: z.array(z.object({ count: z.int() })),
  files: z.array(z.object({ path: z.string(), rows: z.int(), bytes: z.int(), sha256: z.string() })),
  checks: z.array(z.object({ ok: z.boolean() })),
});
export type Manifest = z.infer<typeof manifest>;

/** Exports the chosen lines unchanged; the file must hold exactly their bytes, in their order. */
export async function exportKeptLines(app: App, page: Page, kept: readonly Line[]): Promise<void> {
  const { folder, said } = await exportTo(app, page, 'custom/rollouts');
  const [file] = said.files;
  expect(said.rowsWritten).toBe(kept.length);
  expect(readFileSync(path.join(folder, file?.path ?? ''), 'utf8')).toBe(kept.map(({ text }) => `${text}\n`).join(''));
}

/** Exports to TRL; the Parquet file must hold one conversation for each rollout, ending with the assistant's last answer. */
export async function exportTrlSft(app: App, page: Page, kept: readonly Line[]): Promise<void> {
  const { folder, said } = await exportTo(app, page, 'trl/sft');
  const usable = kept.filter(({ answers }) => answers.length > 0);
  expect(said.rowsWritten).toBe(usable.length);
  const file = said.files.find(({ path: name }) => name.endsWith('.parquet'));
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path.join(folder, file?.path ?? '')) });
  const endings = rows.map((row) => lastSaid(z.object({ messages: conversation }).parse(row).messages));
  expect(endings.length).toBe(usable.length);
  for (const { answers, line } of usable) {
    const last = answers.at(-1) ?? '';
    expect(
      endings.some((ending) => ending.endsWith(last)),
      `the answer of line ${line} was written`,
    ).toBe(true);
  }
}

/** A message is one JSON text in some files; the reader may have parsed it already. */
const message = z.preprocess(
  (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
  z.looseObject({ role: z.string(), content: z.string() }),
);
export const conversation = z.array(message);

/** What the assistant says last. */
export const lastSaid = (messages: z.infer<typeof conversation>): string =>
  messages.findLast(({ role, content }) => role === 'assistant' && content !== '')?.content ?? '';

async function exportTo(app: App, page: Page, target: string): Promise<{ folder: string; said: Manifest }> {
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lens = page.getByRole('region', { name: 'Export' });
  const step = (title: string): Promise<void> => lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title }).click();
  await step('Target');
  await lens.locator(`[data-target="${target}"]`).click();
  await step('Run');
  const name = await startWriting(lens);
  const written = lens.getByRole('region', { name: 'Written' });
  await expect(written.getByRole('status')).toContainText(' written to ', { timeout: 30_000 });
  await lens.getByRole('button', { name: 'Leave the export' }).click();

  const folder = path.join(app.outRoot, name);
  return { folder, said: readManifest(folder) };
}

/** Chooses a folder where the shell names none; answers the button that starts to write, which can be pressed then. */
export async function chooseFolder(lens: Locator): Promise<Locator> {
  const choose = lens.getByRole('button', { name: 'Choose a folder' });
  const start = lens.getByRole('button', { name: /^Export/ });
  // Whether there is a folder already is known a moment after the step is drawn.
  await expect(async () => {
    if (await choose.isVisible()) await choose.click();
    await expect(start).toBeEnabled({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  return start;
}

/** Chooses a folder where that is needed, and writes below it; answers the name of the new folder, which may be given. */
export async function startWriting(lens: Locator, wanted?: string): Promise<string> {
  const start = await chooseFolder(lens);
  if (wanted !== undefined) await lens.getByLabel('New folder').fill(wanted);
  const name = await lens.getByLabel('New folder').inputValue();
  await start.click();
  return name;
}

/** The manifest in a folder: every rollout is used, filtered out or left out, and every check passed. */
export function readManifest(folder: string): Manifest {
  const said = manifest.parse(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
  const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);
  expect(said.rowsRead).toBe(sum(said.filteredOut) + said.rowsSelected);
  expect(said.rowsSelected).toBe(said.rolloutsUsed + sum(said.excluded));
  expect(said.checks.every(({ ok }) => ok)).toBe(true);
  return said;
}
