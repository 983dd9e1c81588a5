import type { Page } from '@playwright/test';
import type { Scene } from './scene.ts';

const threshold = async (page: Page): Promise<void> => {
  await page.keyboard.press('t');
  await page.keyboard.press('ArrowRight');
};

/** Before a file is open, while it is read, and what is wrong with it. */
export const oddScenes: readonly Scene[] = [
  { name: '01-open' },
  { name: '01-keys', act: (page) => page.keyboard.press('?') },
  { name: '01-cannot-open', open: ['zip'] },
  { name: '01-empty-file', open: ['empty'] },
  { name: '01-reading', open: ['large'] },
  { name: '11-one-value', open: ['one-value'], act: threshold },
  { name: '11-all-missing', open: ['all-missing'] },
  { name: '11-all-missing-groups', open: ['all-missing'], view: { lens: 'groups' } },
  { name: '11-no-reward', open: ['no-reward'] },
  { name: '11-no-reward-groups', open: ['no-reward'], view: { lens: 'groups' } },
  { name: '11-extremes', open: ['extremes'], act: threshold },
  { name: '11-extremes-wide', open: ['extremes'], view: { rail: 'wide', draft: 'reward >= 0' } },
  { name: '11-extremes-groups', open: ['extremes'], view: { lens: 'groups' } },
  { name: '11-minus-100', open: ['minus-100'], act: threshold },
  { name: '11-minus-100-groups', open: ['minus-100'], view: { lens: 'groups' } },
  { name: '11-number-and-text', open: ['number-and-text'], view: { metric: 'difficulty' } },
  { name: '11-one-row', open: ['one-row'], act: (page) => page.keyboard.press('Home') },
  { name: '11-one-row-groups', open: ['one-row'], view: { lens: 'groups' } },
  { name: '11-unreadable', open: ['unreadable'] },
  { name: '11-unreadable-groups', open: ['unreadable'], view: { lens: 'groups' } },
  { name: '11-unreadable-problems', open: ['unreadable'], view: { lens: 'problems' } },
  { name: '11-many-columns', open: ['many-columns'], act: (page) => page.getByRole('button', { name: 'Columns', exact: true }).click() },
  { name: '11-many-columns-table', open: ['many-columns'] },
  { name: '11-wrong-condition', open: ['main'], view: { filter: ['rewrd >= 1', 'reward >= 0'] } },
  { name: '11-other-file', open: ['one-value'], view: { data: 'abcdefabcdef', filter: ['accuracy >= 0.5'] } },
  {
    name: '11-corrupt-marks',
    open: ['marked'],
    act: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('#');
    },
  },
  { name: '11-long-words', open: ['long-words'] },
  { name: '11-long-words-groups', open: ['long-words'], view: { lens: 'groups' } },
  { name: '11-tetris', open: ['grl_tetris'], view: { rail: 'wide' } },
  { name: '11-mcqa', open: ['mcqa'] },
  { name: '11-math', open: ['math_with_judge'], view: { lens: 'groups' } },
];
