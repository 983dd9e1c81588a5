import type { Locator, Page } from '@playwright/test';
import { check } from './axe.ts';
import { expect, test, type App } from './fixtures.ts';
import { generatedFile } from './made-files.ts';
import { readFirstRow } from './reading.ts';

test.use({ viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 300_000 });

/** With 10,000 rows open. */
async function opened(app: App): Promise<Page> {
  const page = await app.open([generatedFile(app.folder, 10_000)]);
  await expect(page.getByText(/^Indexed /)).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Rollouts' }).locator('[id=row-0]')).toBeVisible();
  return page;
}

/** What opens in front of the page, checked and closed again. */
async function checkOpen(page: Page, screen: string, open: () => Promise<void>, shown: Locator): Promise<void> {
  await open();
  await expect(shown).toBeVisible();
  await check(page, screen);
  await page.keyboard.press('Escape');
  await expect(shown).toHaveCount(0);
}

test('nothing open; the list, its menus, a threshold, the reader', async ({ app }) => {
  const empty = await app.open([]);
  await expect(empty.getByText('Drop rollout files')).toBeVisible();
  await check(empty, 'Open');

  const page = await opened(app);
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  await check(page, 'Rollouts');
  await checkOpen(page, 'Columns', () => button('Columns').click(), page.getByRole('textbox', { name: 'Find a column' }));
  await checkOpen(page, 'Files', () => button(/^generated-10000\.jsonl/).click(), button('Open link…'));
  await checkOpen(page, 'Views', () => button('Views').click(), page.getByRole('textbox', { name: 'Name of this view' }));

  await checkOpen(page, 'More', () => button('Copy and save').click(), page.getByRole('menu'));
  await checkOpen(
    page,
    'Menu of a head',
    () => page.getByRole('columnheader', { name: /^tokens/ }).click({ button: 'right' }),
    page.getByRole('menu', { name: 'Menu of tokens' }),
  );
  await page.getByRole('columnheader', { name: /^tokens/ }).click({ button: 'right' });
  const inNumbers = page.getByRole('menuitem', { name: 'Chart in numbers' });
  await checkOpen(page, 'A head in numbers', () => inNumbers.click(), page.getByRole('dialog', { name: 'tokens in numbers' }));
  await page.keyboard.press(']');
  await check(page, 'Wide rail');
  await checkOpen(page, 'Chart options', () => button('Chart options').click(), page.getByRole('combobox', { name: 'Bins' }));
  await button('Scatter chart').click();
  await expect(page.getByRole('img', { name: /against tokens/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'reward at least' }).fill('0.5');
  await expect(page.getByRole('region', { name: 'Consequences' }).getByRole('row', { name: /^Rollouts/ })).toBeVisible();
  await check(page, 'Threshold');

  await button('Use as filter').click();
  await checkOpen(page, 'A chip, opened', () => button(/^reward ≥ 0.5/).click(), page.getByRole('button', { name: 'Remove', exact: true }));
  await readFirstRow(page);
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible();
  await page.keyboard.press('#');
  await expect(page.getByRole('region', { name: 'Review', exact: true })).toBeVisible();
  await check(page, 'Reader and review');
  for (const tab of (await page.getByRole('tablist', { name: 'Reader' }).getByRole('tab').all()).slice(1)) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await check(page, `Reader, ${await tab.textContent()}`);
  }
});

test('palette, keys, search, groups, problems, export', async ({ app }) => {
  const page = await opened(app);
  await checkOpen(page, 'Palette', () => page.keyboard.press('Control+k'), page.getByRole('dialog').getByRole('option').first());
  await checkOpen(page, 'Keys', () => page.keyboard.press('?'), page.getByRole('dialog', { name: 'Keys' }));
  await page.keyboard.press('/');
  await page.keyboard.type('answer');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/ searched/)).toBeVisible();
  await check(page, 'Search');
  await page.getByRole('button', { name: 'Close the search' }).click();

  await page.keyboard.press('2');
  const groups = page.getByRole('treegrid', { name: 'Groups' });
  await expect(groups.locator('[aria-expanded]').first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  await expect(groups.getByText('rollout 1', { exact: true })).toBeVisible();
  await check(page, 'Groups');
  await page.keyboard.press('4');
  await expect(page.getByRole('listbox', { name: 'Rules that found something' }).getByRole('option').first()).toBeVisible();
  await check(page, 'Problems');

  await page.keyboard.press('e');
  for (const step of ['Rows', 'Target', 'Mapping', 'Sampling', 'Preview', 'Run']) {
    const button = page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: step });
    await button.click();
    await expect(button).toHaveAttribute('aria-current', 'step');
    await check(page, `Export, ${step}`);
  }
});
