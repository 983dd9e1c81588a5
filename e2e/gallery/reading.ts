import type { Page } from '@playwright/test';
import type { Scene } from './scene.ts';

const reader = { selected: 0, reader: { row: 0, full: false } };
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tablist', { name: 'Reader' }).getByRole('tab', { name }).click();
const chosen = (page: Page, rule: string): Promise<void> => page.getByRole('option').filter({ hasText: rule }).first().click();

/** Groups, the reader, review and problems. */
export const readingScenes: readonly Scene[] = [
  { name: '04-groups', open: ['main'], view: { lens: 'groups', groups: { by: 'std', descending: true } } },
  {
    name: '04-group-open',
    open: ['main'],
    view: { lens: 'groups', groups: { by: 'std', descending: true } },
    act: async (page) => {
      await page.getByRole('treegrid', { name: 'Groups' }).focus();
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowRight');
    },
  },
  { name: '04-groups-wide', open: ['main'], view: { lens: 'groups', rail: 'wide' } },
  { name: '04-groups-reader', open: ['main'], view: { lens: 'groups', ...reader } },
  { name: '04-no-task-index', open: ['no-tasks'], view: { lens: 'groups' } },
  { name: '05-reader', open: ['newton_bench'], view: reader },
  { name: '05-reader-full', open: ['workplace_assistant'], view: { ...reader, reader: { row: 0, full: true } } },
  { name: '05-reader-spine', open: ['newton_bench'], view: { ...reader, rail: 'spine' } },
  { name: '05-reader-gdpval', open: ['gdpval'], view: { ...reader, rail: 'spine' } },
  { name: '05-reader-code', open: ['code_gen'], view: { ...reader, rail: 'spine' } },
  {
    name: '05-reader-find',
    open: ['newton_bench'],
    view: { ...reader, rail: 'spine' },
    act: async (page) => {
      await page
        .getByRole('textbox', { name: /find/i })
        .or(page.getByRole('searchbox', { name: /find/i }))
        .first()
        .fill('distance');
      await page.keyboard.press('Enter');
    },
  },
  { name: '05-reader-metrics', open: ['newton_bench'], view: { ...reader, rail: 'spine' }, act: (page) => tab(page, 'Metrics') },
  { name: '05-reader-problems', open: ['main'], view: { ...reader, rail: 'spine' }, act: (page) => tab(page, 'Problems') },
  { name: '05-reader-raw', open: ['newton_bench'], view: { ...reader, rail: 'spine' }, act: (page) => tab(page, 'Raw JSON') },
  {
    name: '06-review',
    open: ['main'],
    act: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('s');
      await page.keyboard.press('#');
    },
  },
  { name: '06-review-note', open: ['main'], view: { ...reader, rail: 'spine' }, act: (page) => page.keyboard.press('w') },
  { name: '07-problems', open: ['main'], view: { lens: 'problems' } },
  { name: '07-problem-rows', open: ['main'], view: { lens: 'problems' }, act: (page) => chosen(page, 'task/no-signal') },
  {
    name: '07-problem-reader',
    open: ['main'],
    view: { lens: 'problems' },
    act: async (page) => {
      await chosen(page, 'json/');
      await page.getByRole('listbox', { name: 'Lines' }).getByRole('option').first().click();
    },
  },
  { name: '07-no-problems', open: ['joined'], view: { lens: 'problems' } },
];
