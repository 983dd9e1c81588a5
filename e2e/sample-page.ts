import type { Locator, Page } from '@playwright/test';
import { expect, type App } from './fixtures.ts';
import { readRollouts, type Line } from './independent.ts';
import { sample } from './paths.ts';

export const thousands = (value: number): string => value.toLocaleString('en-US');
export const good = ({ reward }: Line): boolean => reward !== null && reward >= 0.5;

export async function open(app: App): Promise<{ page: Page; rollouts: readonly Line[] }> {
  const { rollouts } = readRollouts(sample);
  const page = await app.open([sample]);
  await expectKept(page, rollouts.length, rollouts.length);
  await expectColumns(page);
  return { page, rollouts };
}

/** The list of rollouts. */
export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Rollouts' });

/** Counts come before the columns that conditions, keys and heads are about. */
export async function expectColumns(page: Page): Promise<void> {
  await expect(grid(page).getByRole('columnheader', { name: /^reward/ })).toBeVisible();
}

export async function expectKept(page: Page, kept: number, all: number): Promise<void> {
  await expect(page.getByTestId('counts')).toContainText(`${thousands(kept)} of ${thousands(all)} rollout`);
}

/** Waits until the first rows of the list are these lines: rows come after the counts, and after an order is chosen. */
export async function expectFirstLines(page: Page, lines: readonly number[]): Promise<void> {
  const cell = (row: number): Locator => grid(page).locator(`[id=row-${row}] [data-column=line]`);
  for (const [row, line] of lines.entries()) await expect(cell(row)).toHaveText(thousands(line));
}
