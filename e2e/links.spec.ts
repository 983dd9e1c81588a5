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
