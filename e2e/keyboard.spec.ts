import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { readManifest } from './exporting.ts';
import { expectKept, grid, open, thousands } from './sample-page.ts';

/** The head that the keys are on. */
async function headAt(page: Page): Promise<string> {
  return await grid(page).evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    return (id === null ? null : document.getElementById(id)?.querySelector('button')?.getAttribute('aria-label')) ?? '';
  });
}

/** Presses a key until the head, or the item of a menu, is reached. */
async function pressUntil(page: Page, key: string, where: () => Promise<string>, wanted: string): Promise<void> {
  for (let presses = 0; (await where()) !== wanted; presses++) {
    if (presses > 40) throw new Error(`${key} never leads to ${wanted}`);
    await page.keyboard.press(key);
  }
}

const focused = async (page: Page): Promise<string> => await page.evaluate(() => document.activeElement?.textContent ?? '');
const expectFocusIn = async (inside: Locator): Promise<void> => {
  await expect.poll(() => inside.evaluate((element) => element.contains(document.activeElement))).toBe(true);
};

test('menus of heads, and their charts in numbers, by keys alone', async ({ app }) => {
  const { page } = await open(app);
  await grid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await pressUntil(page, 'ArrowRight', () => headAt(page), 'tokens');
  await page.keyboard.press(' ');
  const menu = page.getByRole('menu', { name: 'Menu of tokens' });
  await expect(menu).toBeVisible();
  await expectFocusIn(menu);
  await pressUntil(page, 'ArrowDown', () => focused(page), 'Chart in numbers');
  await page.keyboard.press('Enter');
  const numbers = page.getByRole('dialog', { name: 'tokens in numbers' });
  await expect(numbers.getByRole('table')).toBeVisible();
  await expectFocusIn(numbers);
  await page.keyboard.press('Escape');
  await expect(numbers).toHaveCount(0);
  await expect(grid(page)).toBeFocused();

  // The last one may be out of view until the keys are on it.
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
  const last = await headAt(page);
  await page.keyboard.press('Shift+F10');
  await expectFocusIn(page.getByRole('menu', { name: `Menu of ${last}` }));
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(grid(page).getByRole('columnheader', { name: last })).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('tabs of the reader and the chosen problem are in the address', async ({ app }) => {
  const { page } = await open(app);
  await grid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('tablist', { name: 'Reader' });
  await tabs.getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tabs.getByRole('tab', { name: 'Metrics' })).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await expect(tabs.getByRole('tab', { name: 'Metrics' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(tabs).toHaveCount(0);

  await page.keyboard.press('4');
  const rules = page.getByRole('listbox', { name: 'Rules that found something' });
  await expectFocusIn(rules);
  await page.keyboard.press('End');
  const chosen = await rules.getByRole('option', { selected: true }).getAttribute('data-rule');
  await page.reload();
  await expect(rules.getByRole('option', { selected: true })).toHaveAttribute('data-rule', chosen ?? 'none');
  expect(app.complaints).toEqual([]);
});

test('an export from the first step to its files, by keys alone', async ({ app }, info) => {
  const { page, rollouts } = await open(app);
  await page.keyboard.press('f');
  await page.keyboard.type('reward >= 1');
  await page.keyboard.press('Enter');
  const kept = rollouts.filter(({ reward }) => reward !== null && reward >= 1);
  await expectKept(page, kept.length, rollouts.length);
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  const lens = page.getByRole('region', { name: 'Export' });
  const step = (name: string): Locator => lens.getByRole('list', { name: 'Steps' }).getByRole('button', { name });
  const next = async (name: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(step(name)).toHaveAttribute('aria-current', 'step');
    await expectFocusIn(lens);
  };
  await expectFocusIn(lens);
  await next('Target');
  const at = (attribute: string): Promise<string> =>
    page.evaluate((name) => document.activeElement?.getAttribute(name)?.split(':')[0] ?? '', attribute);
  await pressUntil(page, 'Tab', () => at('role'), 'gridcell');
  await pressUntil(page, 'ArrowDown', () => at('aria-label'), 'Custom SFT');
  await page.keyboard.press('Enter');
  await expect(lens.getByRole('gridcell', { name: /^Custom SFT:/ })).toHaveAttribute('aria-selected', 'true');
  for (const name of ['Mapping', 'Sampling', 'Preview', 'Run']) await next(name);
  // Only the desktop asks for a folder: `serve` was told where exports go. The same keys that write choose it first.
  if (info.project.name === 'desktop') {
    await expect(lens.getByRole('button', { name: 'Choose a folder' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+Enter');
  }
  await expect(lens.getByRole('button', { name: /^Export/ })).toBeEnabled();
  const folder = await lens.getByRole('textbox', { name: 'New folder' }).inputValue();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(lens.getByRole('region', { name: 'Written' }).getByRole('status')).toContainText(
    `${thousands(kept.length)} examples written`,
  );
  expect(readManifest(path.join(app.outRoot, folder)).rowsWritten).toBe(kept.length);
  expect(app.complaints).toEqual([]);
});

/** Where the keys are, in words; the page itself is nowhere. */
const keysAt = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    if (at === null || at === document.body) return 'nowhere';
    const { width, height, top, left } = at.getBoundingClientRect();
    const isSeen = width > 0 && height > 0 && top < window.innerHeight && left < window.innerWidth;
    return `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent.slice(0, 40)}${isSeen ? '' : ', out of sight'}`;
  });

/** Opens by Enter what each button opens, and closes it by Escape: the keys are on the button again. */
async function walkPopovers(page: Page, openers: readonly (string | RegExp)[]): Promise<void> {
  const opened = page.locator('[role=dialog]:visible, [role=menu]:visible');
  for (const name of openers) {
    const opener = page.getByRole('button', { name, exact: typeof name === 'string' });
    await opener.focus();
    const before = await keysAt(page);
    await page.keyboard.press('Enter');
    await expect(opened, `${String(name)} opens`).toHaveCount(1);
    const hasKeys = (): Promise<boolean> => opened.evaluate((element) => element.contains(document.activeElement));
    await expect.poll(hasKeys, `the keys go into ${String(name)}`).toBe(true);
    await page.keyboard.press('Escape');
    await expect(opened, `${String(name)} closes`).toHaveCount(0);
    await expect.poll(() => keysAt(page), `the keys are on ${String(name)} again`).toBe(before);
  }
}

test('when a menu, a dialog or a popover closes, the keys are where they were, and seen', async ({ app }) => {
  const { page } = await open(app);
  const frame = [/^sample\.jsonl/, 'Theme', 'Views'];
  await walkPopovers(page, [...frame, 'Chart options', 'Columns', 'Copy and save']);
  await grid(page).focus();
  await page.keyboard.press('Home');
  const list = await keysAt(page);
  for (const [key, role, name] of [
    ['ControlOrMeta+k', 'dialog', 'Search and commands'],
    ['?', 'dialog', /keys/i],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole(role, { name })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role, { name })).toHaveCount(0);
    await expect.poll(() => keysAt(page), `after ${key}`).toBe(list);
  }
  for (const key of ['f', '#', 'w', '/']) {
    await page.keyboard.press(key);
    await expect.poll(() => keysAt(page), `${key} takes the keys`).not.toBe(list);
    await page.keyboard.press('Escape');
    await expect.poll(() => keysAt(page), `after ${key}`).toBe(list);
  }

  for (const key of ['2', '4', 'e']) {
    await page.keyboard.press(key);
    // A lens may come a moment later: until then nothing has the keys.
    await expect.poll(async () => [list, 'nowhere'].includes(await keysAt(page)), `the lens of ${key} takes the keys`).toBe(false);
    // The wizard takes them from wherever they are, a menu too: it must have come.
    if (key === 'e') await expect(page.locator('[aria-current=step]')).toBeFocused();
    await walkPopovers(page, frame);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => keysAt(page)).not.toBe('nowhere');
  expect(app.complaints).toEqual([]);
});
