import type { Page } from '@playwright/test';
import { command, narrow, wide, type Scene } from './scene.ts';

const many = [
  'status = "completed"',
  'tokens <= 16384',
  'turns between 1 and 20',
  'tools >= 0',
  'reward >= -40',
  'not tag "wrong"',
  'answer ~ "the"',
];
const type = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('f');
  await page.keyboard.type(text);
};
const openMenu = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole('button', { name, exact: true }).click();

/** The list of rollouts, the filter bar over it, and what opens above them. */
export const workspaceScenes: readonly Scene[] = [
  { name: '02-table', open: ['main'], act: (page) => page.keyboard.press('j') },
  {
    name: '02-table-sorted',
    open: ['main'],
    view: {
      sort: [
        { column: 'reward', descending: true },
        { column: 'tokens', descending: false },
      ],
    },
  },
  {
    name: '02-table-selected',
    open: ['main'],
    act: async (page) => {
      for (const key of ['j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 's']) await page.keyboard.press(key);
    },
  },
  { name: '02-columns', open: ['main'], act: (page) => openMenu(page, 'Columns') },
  {
    name: '02-head-menu',
    open: ['main'],
    act: async (page) => {
      await page.getByRole('grid', { name: 'Rollouts' }).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowUp');
      for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Space');
    },
  },
  { name: '02-copy-menu', open: ['main'], act: (page) => openMenu(page, 'Copy and save') },
  { name: '02-chips', open: ['main'], view: { filter: many } },
  { name: '02-no-rows', open: ['main'], view: { filter: ['reward >= 100', 'tokens <= 5', 'turns > 3'] } },
  {
    name: '02-chip-editor',
    open: ['main'],
    view: { filter: ['reward >= 0'] },
    act: (page) => page.getByTestId('chip').locator('[data-chip]').click(),
  },
  {
    name: '02-chip-values',
    open: ['main'],
    view: { filter: ['agent in ("quiz_judge", "word_problems")'] },
    act: (page) => page.getByTestId('chip').locator('[data-chip]').click(),
  },
  { name: '02-completion', open: ['main'], act: (page) => type(page, 'rew') },
  {
    name: '02-expression-error',
    open: ['main'],
    act: async (page) => {
      await type(page, 'reward >= ');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: '02-unknown-column',
    open: ['main'],
    act: async (page) => {
      await type(page, 'rewrd >= 0.5');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: '02-views',
    open: ['main'],
    act: async (page) => {
      const views = page.getByRole('button', { name: 'Views' });
      if (await views.isVisible()) await views.click();
      else await page.getByRole('banner').getByRole('button', { name: /more/i }).click();
    },
  },
  { name: '02-dataset-menu', open: ['joined'], act: (page) => page.getByRole('button', { name: /joined_rollouts/ }).click() },
  {
    name: '02-shards',
    open: ['mcqa', 'blackjack', 'newton_bench'],
    act: (page) =>
      page
        .getByRole('button', { name: /rollouts|files/ })
        .first()
        .click(),
  },
  {
    name: '02-search',
    open: ['main'],
    view: { search: { text: 'answer' } },
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('answer');
      await page.keyboard.press('Enter');
      await page.getByText(/ searched/).waitFor();
    },
  },
  {
    name: '02-search-none',
    open: ['main'],
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('zyzzyva');
      await page.keyboard.press('Enter');
      await page
        .getByText(/ searched|No /)
        .first()
        .waitFor();
    },
  },
  { name: '02-toast', open: ['main'], act: (page) => command(page, 'copy link') },
  { name: '03-rail-wide', open: ['main'], view: wide },
  { name: '03-threshold', open: ['main'], view: { ...wide, draft: 'reward >= 0.5' } },
  { name: '03-threshold-narrow', open: ['main'], view: { ...narrow, draft: 'reward >= 0.5' } },
  { name: '03-two-handles', open: ['main'], view: { ...wide, draft: 'reward between 0.5 and 20' } },
  { name: '03-warning', open: ['main'], view: { ...wide, draft: 'reward >= 2' } },
  { name: '03-rival', open: ['main'], view: { ...wide, draft: 'reward >= 1', rival: 'reward >= 0.5' } },
  {
    name: '03-split',
    open: ['main'],
    view: { ...wide, draft: 'reward >= 0.5' },
    act: async (page) => {
      await page.getByText('Split chosen / rejected', { exact: true }).first().click();
    },
  },
  { name: '03-stacked', open: ['main'], view: { ...wide, stack: 'agent' } },
  { name: '03-scatter', open: ['main'], view: { ...wide, against: 'tokens', againstLog: true } },
  { name: '03-tokens', open: ['main'], view: { ...wide, metric: 'tokens', bins: 'log' } },
  { name: '03-export-only', open: ['main'], view: { ...narrow, exportOnly: ['reward >= 0.5'] } },
  { name: '03-options', open: ['main'], view: narrow, act: (page) => page.getByRole('button', { name: 'Chart options' }).click() },
  { name: '03-spine', open: ['main'], view: { rail: 'spine' } },
  {
    name: '09-palette',
    open: ['main'],
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('rew');
    },
  },
  { name: '09-palette-empty', open: ['main'], act: (page) => page.keyboard.press('Control+k') },
  {
    name: '09-palette-none',
    open: ['main'],
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(':999999');
    },
  },
  { name: '09-keys', open: ['main'], act: (page) => page.keyboard.press('?') },
];
