import { expect, test } from './fixtures.ts';
import { keyOf, makeReviewed, marksBeside, select } from './reviewing.ts';

test('a key each for star, tags and note; a filter and an export see them', async ({ app }) => {
  const file = makeReviewed(app.folder);
  const page = await app.open([file]);
  await expect(page.getByTestId('counts')).toContainText('40 of 40');
  await page.getByRole('grid', { name: 'Rollouts' }).focus();
  await select(page, 2);
  await page.keyboard.press('s');
  await select(page, 5);
  await page.keyboard.press('s');
  await page.keyboard.press('#');
  const strip = page.getByRole('region', { name: 'Review', exact: true });
  await expect(strip.getByLabel('Add a tag')).toBeFocused();
  await page.keyboard.type('good');
  await page.keyboard.press('Enter');
  await page.keyboard.type('hard');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(strip).toHaveCount(0);
  await page.keyboard.press('#');
  await page.keyboard.type('not kept');
  await page.keyboard.press('Escape');
  await page.keyboard.press('w');
  await page.keyboard.type('not kept');
  await page.keyboard.press('Escape');
  await page.keyboard.press('w');
  await page.keyboard.type('Look again.');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => marksBeside(file))
    .toEqual([
      { line: 2, set: { star: true } },
      { line: 5, set: { star: true } },
      { line: 5, set: { tags: ['good'] } },
      { line: 5, set: { tags: ['good', 'hard'] } },
      { line: 5, set: { note: 'Look again.' } },
    ]);

  const facet = page.getByRole('region', { name: 'review', exact: true });
  await expect(facet).toContainText(/starred.*2/);
  await facet.getByRole('checkbox', { name: /^good/ }).click();
  await expect(page.getByTestId('counts')).toContainText('1 of 40');
  await page
    .getByTestId('chip')
    .getByRole('button', { name: /remove/i })
    .first()
    .click();
  await expect(page.getByTestId('counts')).toContainText('40 of 40');

  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  await page.getByRole('radio', { name: /^Starred rollouts/ }).check();
  await expect(page.getByRole('group', { name: 'What is left after each step' })).toContainText('2');
  await page.keyboard.press('Escape');
  expect(app.complaints).toEqual([]);
});

test('marks of a colleague are taken in from their file', async ({ app }) => {
  const page = await app.open([makeReviewed(app.folder)]);
  await expect(page.getByTestId('counts')).toContainText('40 of 40');
  await page.getByRole('grid', { name: 'Rollouts' }).focus();
  await select(page, 1);
  await page.keyboard.press('#');
  const strip = page.getByRole('region', { name: 'Review', exact: true });
  await strip.getByRole('button', { name: 'Marks of this dataset' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Add marks from a file' }).click(),
  ]);
  const mark = (line: number, set: object): string => JSON.stringify({ v: 1, at: '2026-01-01', by: 'them', key: keyOf(line), set });
  const text = [mark(7, { star: true }), mark(9, { tags: ['theirs'] }), 'no mark', mark(99, { star: true })].join('\n');
  await chooser.setFiles({ name: 'theirs.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(text) });
  await expect(strip.getByRole('status')).toContainText('2 rollouts marked, 1 not here, 1 line unreadable.');
  await expect(page.getByRole('row', { name: /starred/ })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'review', exact: true })).toContainText(/theirs.*1/);
  expect(app.complaints).toEqual([]);
});

test('in the reader, and on to what is undecided', async ({ app }) => {
  const file = makeReviewed(app.folder);
  const page = await app.open([file]);
  await expect(page.getByTestId('counts')).toContainText('40 of 40');
  await page.getByRole('grid', { name: 'Rollouts' }).focus();
  await select(page, 1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('Answer 0');
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'Star this rollout' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('u');
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('Answer 1');
  await page.keyboard.press('s');
  await expect
    .poll(() => marksBeside(file))
    .toEqual([
      { line: 1, set: { star: true } },
      { line: 2, set: { star: true } },
    ]);
  // Both stars are in the lowest of five bands of the reward: the next one is of the second, from 0.2 on.
  await page.keyboard.press('Shift+U');
  await expect(page.getByRole('region', { name: 'Review', exact: true }).getByRole('status')).toContainText(
    '2 decided, 38 left · 0.2 to 0.4',
  );
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('Answer 2');
  expect(app.complaints).toEqual([]);
});
