import type { Page } from '@playwright/test';
import { expect, test, type App } from '../fixtures.ts';
import { thousands } from '../sample-page.ts';
import { readRows, type Rows } from './rows.ts';

/** What a newcomer asks: `ask` finds the answer on the screen, in the fewest steps, and compares it with a plain count over the rows. */
export interface Question {
  readonly title: string;
  ask(page: Page, file: Rows): Promise<void>;
}

/** Opens the files once and asks one question after the other, each from the list without a filter. */
export async function askAll(app: App, files: readonly string[], questions: readonly Question[]): Promise<void> {
  const read = readRows(files);
  const page = await app.open(files);
  for (const { title, ask } of questions) {
    await test.step(title, async () => {
      await startOver(page, read.rows.length);
      await ask(page, read);
    });
  }
  expect(app.complaints).toEqual([]);
}

/** Step by step back to the list, then without the condition. */
async function startOver(page: Page, all: number): Promise<void> {
  const list = page.getByRole('grid', { name: 'Rollouts' });
  const draft = page.getByRole('button', { name: /^Discard/ });
  await expect(async () => {
    if (!(await list.isVisible()) || (await draft.count()) > 0) await page.keyboard.press('Escape');
    await expect(list).toBeVisible({ timeout: 500 });
    await expect(draft).toHaveCount(0, { timeout: 500 });
  }).toPass();
  if ((await page.getByRole('button', { name: /^Remove / }).count()) > 0) await page.keyboard.press('Control+z');
  await expectKept(page, all, all);
}

export async function expectKept(page: Page, kept: number, all: number): Promise<void> {
  const filter = page.getByRole('region', { name: 'Filter', exact: true });
  await expect(filter).toContainText(`${thousands(kept)} of ${thousands(all)} rollout`);
}

export async function typeCondition(page: Page, condition: string): Promise<void> {
  await page.keyboard.press('f');
  await page.keyboard.type(condition);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}
