import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectFirstLines, expectKept, good, open } from './sample-page.ts';

// The desktop app has one window; its links are pasted (workspace.spec.ts).
test('a link brings the same rows to another window, and not to another file', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const kept = rollouts.filter(good);
  await page.keyboard.press('f');
  await page.keyboard.type('reward >= 0.5');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+R');
  await expectKept(page, kept.length, rollouts.length);
  const highest = [...kept].sort((a, b) => (b.reward ?? 0) - (a.reward ?? 0) || a.line - b.line);
  const first = highest.slice(0, 3).map(({ line }) => line);
  await expectFirstLines(page, first);

  const other = await page.context().newPage();
  await other.goto(page.url());
  await expectKept(other, kept.length, rollouts.length);
  await expectFirstLines(other, first);
  await other.goto(page.url().replace(/data=[0-9a-f]{4}/, 'data=ffff'));
  await expect(other.getByText(/This link was made on another file/)).toBeVisible();
  await expect(other.getByTestId('chip')).toHaveCount(0);
  await other.getByRole('button', { name: 'Use them here' }).click();
  await expectKept(other, kept.length, rollouts.length);
  expect(app.complaints).toEqual([]);
});

test('a link brings the step, the target and the options of an export; what in it cannot be is named and left out', async ({ app }) => {
  const { page } = await open(app);
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const lensOf = (of: Page): Locator => of.getByRole('region', { name: 'Export' });
  const stepOf = (of: Page, name: RegExp): Locator => lensOf(of).getByRole('list', { name: 'Steps' }).getByRole('button', { name });
  await stepOf(page, /Target/).click();
  await lensOf(page).locator('[data-target="trl/sft"]').click();
  await stepOf(page, /Sampling/).click();
  await lensOf(page).getByLabel('Best of each task').fill('1');
  await lensOf(page).getByLabel('Best of each task').press('Enter');
  await expect(stepOf(page, /Sampling best of each task: 1/i)).toHaveAttribute('aria-current', 'step');
  const leftIn = (of: Page): Promise<string> => lensOf(of).getByRole('group', { name: 'What is left after each step' }).innerText();
  await expect.poll(() => leftIn(page)).toMatch(/\d examples written/);

  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(stepOf(other, /Target TRL, /)).toBeVisible();
  await expect(stepOf(other, /Sampling best of each task: 1/i)).toHaveAttribute('aria-current', 'step');
  // Whatever is counted last in both.
  await expect(async () => expect(await leftIn(other)).toBe(await leftIn(page))).toPass({ timeout: 10_000 });
  await page.goBack();
  await expect(stepOf(page, /Target/)).toHaveAttribute('aria-current', 'step');

  const choices = { step: 'moon', target: 'trl/sft', options: { 'best-per-task': 1, reasoning: '<b>no</b>' } };
  await other.evaluate(
    (hash) => {
      window.location.hash = hash;
    },
    `#lens="export"&export=${encodeURIComponent(JSON.stringify(choices))}`,
  );
  await expect(other.getByText('The address has a value for export.step that cannot be')).toBeVisible();
  await expect(stepOf(other, /Rows/)).toHaveAttribute('aria-current', 'step');
  await expect(stepOf(other, /Sampling best of each task: 1/i)).toBeVisible();
  await expect(lensOf(other).getByRole('alert')).toContainText('reasoning: "<b>no</b>"');
  await lensOf(other).getByRole('button', { name: 'Put away' }).click();
  await expect(lensOf(other).getByRole('alert')).toHaveCount(0);
  await expect.poll(() => decodeURIComponent(other.url())).toContain('export={"target":"trl/sft","options":{"best-per-task":1}}');
  expect(app.complaints).toEqual([]);
});
