import type { Page } from '@playwright/test';
import { readRollouts } from './independent.ts';
import { expect, type App } from './fixtures.ts';
import { readFirstRow } from './reading.ts';
import { exportKeptLines, exportTrlSft } from './exporting.ts';
import { thousands } from './sample-page.ts';

/** The whole path on one file: open, drag a threshold, use it, read, export, and compare what was written. */
export async function scenario(app: App, file: string): Promise<void> {
  const { rollouts } = readRollouts(file);
  const page = await app.open([file]);
  const counts = page.getByTestId('counts');
  await expect(counts).toContainText(`${thousands(rollouts.length)} of ${thousands(rollouts.length)} rollout`);
  await expect(page.getByRole('grid', { name: 'Rollouts' }).getByRole('row')).not.toHaveCount(0);

  const least = await dragLowerHandle(page);
  const kept = rollouts.filter(({ reward }) => reward !== null && reward >= least);
  expect(kept.length, 'the threshold must take some rollouts out, and leave some').toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(rollouts.length);
  await expect(counts).toContainText(`${thousands(kept.length)} of ${thousands(rollouts.length)} rollout`);
  await expect(page.getByTestId('consequences').getByRole('row', { name: 'Rollouts' })).toContainText(thousands(kept.length));

  await page.getByRole('button', { name: 'Use as filter' }).click();
  await expect(page.getByTestId('chip')).toHaveCount(1);
  await expect(page.getByTestId('draft-chip')).toHaveCount(0);
  await expect(counts).toContainText(`${thousands(kept.length)} of ${thousands(rollouts.length)} rollout`);

  await readFirst(page, kept[0]?.line ?? 0, kept[0]?.answers.at(-1) ?? '');
  await exportKeptLines(app, page, kept);
  await exportTrlSft(app, page, kept);
  expect(app.complaints).toEqual([]);
}

/** Drags the handle "reward at least" to the middle of the histogram and answers where the draft says it stands. */
async function dragLowerHandle(page: Page): Promise<number> {
  const handle = page.getByRole('slider', { name: 'reward at least' });
  const from = await handle.boundingBox();
  const to = await page.getByRole('slider', { name: 'reward at most' }).boundingBox();
  if (from === null || to === null) throw new Error('The histogram has no handles.');
  const y = from.y + from.height / 2;
  await page.mouse.move(from.x + from.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(from.x + (to.x - from.x) * 0.3, y, { steps: 4 });
  await page.mouse.move(from.x + (to.x - from.x) * 0.7, y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('draft-chip')).toHaveCount(1);
  const value = Number(await handle.getAttribute('aria-valuenow'));
  expect(value, 'the handle moved').toBeGreaterThan(Number(await handle.getAttribute('aria-valuemin')));
  return value;
}

async function readFirst(page: Page, line: number, answer: string): Promise<void> {
  const reader = await readFirstRow(page);
  await expect(reader.getByRole('region', { name: 'Conversation' })).toBeVisible();
  await expect(reader).toContainText(thousands(line));
  // The answer may be far below what is drawn; finding it brings it into view.
  const start = answer.split('\n')[0]?.slice(0, 40) ?? '';
  await reader.getByRole('searchbox', { name: 'Find in this conversation' }).fill(start);
  await expect(reader.getByRole('region', { name: 'Conversation' })).toContainText(start);
  await reader.getByRole('button', { name: 'Close the reader' }).click();
  await expect(reader).toHaveCount(0);
}
