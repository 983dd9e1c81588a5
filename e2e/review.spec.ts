import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';

const lines = Array.from({ length: 40 }, (_, index) =>
  rolloutLine(`Answer ${index}`, {
    reward: (index % 10) / 9,
    agent_ref: { name: 'made' },
    _ng_task_index: Math.floor(index / 4),
    _ng_rollout_index: index % 4,
  }),
);
const markLine = z.looseObject({ key: z.looseObject({ hash: z.string() }), set: z.looseObject({}) });

/** Each line of the sidecar: whose mark, and what was set. */
function marksBeside(file: string): { line: number; set: object }[] {
  const sidecar = `${file}.rollscope.jsonl`;
  if (!existsSync(sidecar)) return [];
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  const written = readFileSync(sidecar, 'utf8').split('\n').filter(Boolean);
  return written.map((text) => {
    const { key, set } = markLine.parse(JSON.parse(text));
    return { line: hashes.indexOf(key.hash) + 1, set };
  });
}

test('a key each for star, tags and note; a filter, an export and another window see them', async ({ app }) => {
  const file = writeFile(app.folder, 'review.jsonl', `${lines.join('\n')}\n`);
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

test('in the reader, and on to what is undecided', async ({ app }) => {
  const file = writeFile(app.folder, 'review.jsonl', `${lines.join('\n')}\n`);
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

test('marks of another window appear, and none is lost', async ({ app }, { project }) => {
  test.skip(project.name === 'desktop', 'Two windows of one process are two pages of one server.');
  const file = writeFile(app.folder, 'review.jsonl', `${lines.join('\n')}\n`);
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
  for (const page of [first, second])
    await expect(page.getByRole('img', { name: 'starred' }).or(page.getByLabel('starred'))).toHaveCount(2);
  expect(marksBeside(file)).toEqual([
    { line: 3, set: { star: true } },
    { line: 4, set: { star: true } },
  ]);
});

/** Walks down to a line by keys. */
async function select(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('j');
}
