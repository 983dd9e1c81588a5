import { expect, test } from './fixtures.ts';
import { makeReviewed, marksBeside, select } from './reviewing.ts';

test('marks of another window appear, and none is lost', async ({ app }) => {
  const file = makeReviewed(app.folder);
  const [first, second] = [await app.open([file]), await app.open([file])];
  for (const page of [first, second]) {
    await expect(page.getByTestId('counts')).toContainText('40 of 40');
    await page.getByRole('grid', { name: 'Rollouts' }).focus();
  }
  await select(first, 3);
  await first.keyboard.press('s');
  await expect(second.getByRole('row', { name: /starred/ })).toHaveCount(1);
  await select(second, 4);
  await second.keyboard.press('s');
  for (const page of [first, second]) await expect(page.getByRole('row', { name: /starred/ })).toHaveCount(2);
  expect(marksBeside(file)).toEqual([
    { line: 3, set: { star: true } },
    { line: 4, set: { star: true } },
  ]);
});
