import type { Locator, Page } from '@playwright/test';
import { figuresOf, readAttempts } from '../consequences.ts';
import { expect } from '../fixtures.ts';
import { thousands } from '../sample-page.ts';
import { expectKept, typeCondition, type Question } from './asking.ts';
import { commonest, fails, groupedBy, passes, type Row } from './rows.ts';

/** The answer is how many rollouts a condition keeps. */
const howMany = (
  title: string,
  condition: (rows: readonly Row[]) => string,
  is: (rows: readonly Row[]) => (row: Row) => boolean,
): Question => ({
  title,
  async ask(page, { rows }) {
    await typeCondition(page, condition(rows));
    await expectKept(page, rows.filter(is(rows)).length, rows.length);
  },
});

const tool = (rows: readonly Row[]): string => commonest(rows, ({ calls }) => calls).text;

/** The first rollout of the list, in an order that two clicks on a head give: greatest first. */
async function greatestBy(page: Page, column: string): Promise<Locator> {
  const grid = page.getByRole('grid', { name: 'Rollouts' });
  const head = grid.getByRole('columnheader', { name: new RegExp(`^${column}`) });
  await head.getByRole('button', { name: column, exact: true }).click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button', { name: column, exact: true }).click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  return grid.getByRole('row').nth(1);
}

/** The count of a rule in the list of problems. */
const problem = (title: string, name: RegExp, is: (row: Row) => boolean): Question => ({
  title,
  async ask(page, { rows }) {
    await page.keyboard.press('4');
    await expect(page.getByRole('option', { name })).toContainText(new RegExp(`\\D${thousands(rows.filter(is).length)}$`));
  },
});

export const passing = howMany(
  'how many rollouts pass at 0.5?',
  () => 'reward >= 0.5',
  () => passes,
);
export const outside = howMany(
  'how many rewards lie outside 0 to 1?',
  () => 'reward < 0 or reward > 1',
  () =>
    ({ reward }) =>
      reward !== null && (reward < 0 || reward > 1),
);
export const withoutReward = howMany(
  'how many have no reward?',
  () => 'missing reward or null reward',
  () =>
    ({ reward }) =>
      reward === null,
);
export const callAndFail = howMany(
  'how many call the commonest tool and fail?',
  (rows) => `has tool "${tool(rows)}" and reward < 0.5`,
  (rows) => (row) => row.calls.includes(tool(rows)) && fails(row),
);
export const cutOff = problem('how many were cut off?', /response\/truncated/, (row) => row.cutOff);
export const withoutResponse = problem('how many have no response?', /response\/missing/, (row) => !row.hasResponse);

export const sometimesSolved: Question = {
  title: 'how many tasks are solved sometimes?',
  async ask(page, { rows }) {
    await typeCondition(page, 'group.min < 0.5 and group.max >= 0.5');
    const tasks = [...groupedBy(rows, ({ task }) => task).values()].filter((group) => group.some(fails) && group.some(passes));
    expect(tasks.length).toBeGreaterThan(0);
    await expect(page.getByRole('region', { name: 'Filter', exact: true })).toContainText(`· ${thousands(tasks.length)} tasks`);
  },
};

export const noRollouts: Question = {
  title: 'how many lines are no rollouts?',
  async ask(page, { invalid }) {
    await page.keyboard.press('4');
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText(`invalid lines${thousands(invalid)}`);
  },
};

export const losesMost: Question = {
  title: 'which agent loses most rollouts at 0.5?',
  async ask(page, { rows }) {
    await typeCondition(page, 'reward < 0.5');
    const lost = rows.filter(fails);
    await expectKept(page, lost.length, rows.length);
    const { text, count } = commonest(lost, ({ agent }) => (agent === null ? [] : [agent]));
    await expect(page.getByRole('region', { name: 'agent', exact: true }).locator('label').first()).toHaveText(
      `${text}${thousands(count)}`,
    );
  },
};

export const answersMost: Question = {
  title: 'which model answers most often?',
  async ask(page, { rows }) {
    const { text, count } = commonest(rows, ({ model }) => (model === null ? [] : [model]));
    await expect(page.getByRole('region', { name: 'model', exact: true }).locator('label').first()).toHaveText(
      `${text}${thousands(count)}`,
    );
  },
};

export const longest: Question = {
  title: 'how long is the longest answer, in tokens?',
  async ask(page, { rows }) {
    const tokens = Math.max(...rows.map((row) => row.tokens ?? 0));
    await expect(await greatestBy(page, 'tokens')).toContainText(thousands(tokens));
  },
};

export const best: Question = {
  title: 'whose is the greatest reward?',
  async ask(page, { rows }) {
    const greatest = Math.max(...rows.map(({ reward }) => reward ?? -Infinity));
    const winners = rows.filter(({ reward }) => reward === greatest);
    const row = await greatestBy(page, 'reward');
    await expect(row).toContainText(String(greatest));
    await expect(row).toContainText(winners[0]?.agent ?? '');
  },
};

export const median: Question = {
  title: 'what is the median reward?',
  async ask(page, { rows }) {
    const sorted = rows.flatMap(({ reward }) => (reward === null ? [] : [reward])).sort((a, b) => a - b);
    const at = (sorted.length - 1) / 2;
    const middle = ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
    const figures = page.getByRole('complementary', { name: 'Distribution' });
    await expect(figures).toContainText(new RegExp(`p50${middle.toFixed(2)}`));
  },
};

export const speakOf = (word: string): Question => ({
  title: `how many rollouts speak of “${word}”?`,
  async ask(page, { rows }) {
    await page.keyboard.press('/');
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    const count = rows.filter((row) => row.says(word)).length;
    expect(count).toBeGreaterThan(0);
    await expect(page.getByText(new RegExp(`hits? in ${thousands(count)} rollouts of ${thousands(rows.length)} searched`))).toBeVisible();
  },
});

export const disagreesMost: Question = {
  title: 'which task has the most different rewards?',
  async ask(page, { rows }) {
    const tasks = [...groupedBy(rows, ({ task }) => task).values()].map((group) => ({ group, std: deviation(group) }));
    const [first] = tasks.sort((a, b) => b.std - a.std);
    await page.keyboard.press('2');
    const grid = page.getByRole('treegrid', { name: 'Groups' });
    const head = grid.getByRole('columnheader').getByRole('button', { name: 'std', exact: true });
    await head.click();
    await head.click();
    const row = grid.getByRole('row', { expanded: false }).first();
    await expect(row).toContainText(new RegExp(`^${first?.group[0]?.index}${first?.group[0]?.agent}`));
    await expect(row).toContainText(first?.std.toPrecision(4) ?? '');
  },
};

function deviation(group: readonly Row[]): number {
  const rewards = group.flatMap(({ reward }) => (reward === null ? [] : [reward]));
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  return Math.sqrt(rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / (rewards.length - 1));
}

/** Of the file behind the rows. */
export const pairsLeft = (file: string): Question => ({
  title: 'how many preference pairs are left when only rewards from 0.5 on are kept?',
  async ask(page) {
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'reward at least' }).fill('0.5');
    const attempts = readAttempts(file);
    const kept = attempts.filter(({ reward }) => reward !== null && reward >= 0.5);
    const pairs = figuresOf(kept, { margin: 0.1, mark: 0.5 })['Preference pairs'];
    await expect(page.getByRole('region', { name: 'Consequences' }).getByRole('row', { name: /^Pairs/ })).toContainText(thousands(pairs));
  },
});

export const signalByAgent: Question = {
  title: 'how many tasks of each agent carry a signal?',
  async ask(page, { rows }) {
    await page.keyboard.press('2');
    const table = page.getByRole('region', { name: 'By agent' });
    for (const [agent, own] of groupedBy(rows, (row) => row.agent ?? '')) {
      const tasks = [...groupedBy(own, ({ task }) => task).values()].map((group) => group.flatMap(({ reward }) => reward ?? []));
      const alive = tasks.filter((rewards) => rewards.length > 1 && Math.max(...rewards) - Math.min(...rewards) > 1e-6);
      const share = Math.round((100 * alive.length) / tasks.length);
      await expect(
        table
          .getByRole('row', { name: new RegExp(`^${agent}`) })
          .getByRole('cell')
          .last(),
      ).toHaveText(`${share}%`);
    }
  },
};
