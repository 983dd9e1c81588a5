import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { deadShare, mean, passAtK, readGroups, type PlainGroup } from './independent-groups.ts';
import { draftOf } from './drafts.ts';
import { rolloutLine, writeFile } from './made-files.ts';

// Wide enough for every column.
test.use({ viewport: { width: 1440, height: 900 } });

/** Five rollouts of each task, in the order in which workers finish; every reward a multiple of a quarter, or of 0 and 1. */
function madeFile(folder: string): string {
  const lines: string[] = [];
  for (let task = 0; task < 40; task++) {
    for (let at = 0; at < 5; at++) {
      const rollout = (at * 2 + task) % 5;
      const binary = task % 3 !== 0;
      const draw = (task * 7 + rollout * 13 + task * rollout) % 8;
      const reward = task % 5 === 4 ? task % 2 : binary ? Number(draw > 3) : Math.min(draw, 4) / 4;
      lines.push(
        rolloutLine(`answer ${task}/${rollout}`, {
          _ng_task_index: task,
          _ng_rollout_index: rollout,
          agent_ref: { name: binary ? 'judge' : 'grader' },
          reward: task === 7 && rollout === 3 ? null : reward,
        }),
      );
    }
  }
  return writeFile(folder, 'groups.jsonl', `${lines.join('\n')}\n`);
}

const grid = (page: Page): Locator => page.getByRole('treegrid', { name: 'Groups' });
const taskRows = (page: Page): Locator => grid(page).locator('[role=row][aria-expanded]');
const cell = (row: Locator, column: string): Locator => row.locator(`[data-column=${column}]`);
const three = (value: number): string => value.toFixed(3).replace('-', '−');

async function openGroups(page: Page): Promise<void> {
  await expect(page.getByTestId('counts')).toBeVisible();
  await page.keyboard.press('2');
  await expect(taskRows(page).first()).toBeVisible();
}

/** What the rows on screen say, against the groups in their order. */
async function expectRows(page: Page, expected: readonly PlainGroup[], k: number): Promise<void> {
  await expect(cell(taskRows(page).first(), 'task')).toHaveText(String(expected[0]?.task));
  const count = Math.min(15, expected.length);
  for (let at = 0; at < count; at++) {
    const row = taskRows(page).nth(at);
    const group = expected[at];
    if (group === undefined) throw new Error('as many groups as rows');
    const pass = passAtK(group, k);
    await expect(cell(row, 'task')).toHaveText(String(group.task));
    await expect(cell(row, 'agent')).toHaveText(group.agent);
    await expect(cell(row, 'size')).toHaveText(String(group.rewards.length));
    await expect(cell(row, 'mean')).toHaveText(three(group.mean));
    await expect(cell(row, 'std')).toHaveText(three(group.std));
    await expect(cell(row, 'state')).toHaveText(group.isDead ? 'dead' : 'alive');
    await expect(row.getByRole('img')).toHaveAttribute(
      'aria-label',
      group.rewards.map((reward) => (reward === null ? 'none' : three(reward))).join(', '),
    );
    await expect(cell(row, 'passAtK')).toHaveAttribute(
      'title',
      pass === undefined ? /^$/ : new RegExp(`^${String(pass).slice(0, 12).replace('.', '\\.')}`),
    );
    const greatest = group.isDead ? 0 : (Math.max(...group.values) - group.mean) / group.std;
    await expect(cell(row, 'advantage')).toContainText(`… ${greatest === 0 ? '' : '+'}${greatest.toFixed(2)}`);
  }
}

test('every figure of the groups equals a count over the file, in each order', async ({ app }) => {
  const file = madeFile(app.folder);
  const groups = readGroups(file);
  const page = await app.open([file]);
  await openGroups(page);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(groups.length + 1));
  await expectRows(page, groups, 4);

  const sort = async (name: string, by: (group: PlainGroup) => number): Promise<void> => {
    const head = grid(page).getByRole('columnheader').getByRole('button', { name, exact: true });
    await head.click();
    await head.click();
    await expectRows(
      page,
      [...groups].sort((a, b) => by(b) - by(a)),
      4,
    );
  };
  await sort('std', ({ std }) => std);
  await sort('mean', (group) => group.mean);
  await sort('range', ({ range }) => range);

  const figures = page.getByLabel('All groups');
  const figure = (name: string): Locator => figures.locator('div', { has: page.getByText(name, { exact: true }) }).locator('dd');
  const measured = groups.filter(({ values }) => values.length > 1);
  await expect(figure('tasks')).toHaveText(String(groups.length));
  await expect(figure('rollouts per task')).toHaveText('5');
  await expect(figure('avg@5')).toHaveText(three(mean(groups.map((group) => group.mean))));
  await expect(figure('pass@5')).toHaveText(three(mean(groups.flatMap((group) => passAtK(group, 5) ?? []))));
  await expect(figure('mean std')).toHaveText(three(mean(measured.map(({ std }) => std))));
  await expect(figure('no signal')).toHaveText(`${((100 * groups.filter(({ isDead }) => isDead).length) / measured.length).toFixed(1)}%`);
  expect(app.complaints).toEqual([]);
});

test('dead groups at other sizes: exact as far as there are rollouts, marked beyond; agents as Gym counts them', async ({ app }) => {
  const file = madeFile(app.folder);
  const groups = readGroups(file);
  const page = await app.open([file]);
  await openGroups(page);
  const sizes = page.getByRole('region', { name: 'Dead groups to expect' });
  for (const size of [2, 4, 5, 8, 16]) {
    const row = sizes.getByRole('row', { name: new RegExp(`^G = ${size} `) });
    const share = deadShare(groups, size);
    if (share !== undefined) await expect(row).toContainText(`${(100 * share).toFixed(1)}%`);
    if (share === undefined) await expect(row).toContainText('extrapolated for');
    else await expect(row).not.toContainText('extrapolated');
  }
  const agents = page.getByRole('region', { name: 'By agent' });
  for (const agent of ['grader', 'judge']) {
    const own = groups.filter((group) => group.agent === agent);
    const row = agents.getByRole('row', { name: agent });
    await expect(row).toContainText(String(own.length));
    await expect(row).toContainText(three(mean(own.map((group) => group.mean))));
    await expect(row).toContainText(three(mean(own.flatMap((group) => passAtK(group, 5) ?? []))));
  }
});

test('by keyboard alone: sort from the link, open a task, read a rollout, come back; the link brings it all back', async ({ app }) => {
  const file = madeFile(app.folder);
  const page = await app.open([file]);
  await openGroups(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  await expect(grid(page).getByText('rollout 4', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('j');
  const [, second] = readGroups(file);
  const chosen = grid(page).getByRole('row', { selected: true });
  await expect(chosen).toContainText('rollout 1');
  await expect(chosen).toContainText(three(second?.rewards[1] ?? Number.NaN));
  await expect(chosen).toContainText('answer 1/1');
  await page.keyboard.press('Enter');
  const reader = page.getByRole('region', { name: 'Reader' });
  await expect(reader.getByRole('region', { name: 'Conversation' })).toContainText('answer 1/1');
  await page.keyboard.press('Escape');
  await expect(reader).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await page.reload();
  await expect(grid(page).getByText('rollout 4', { exact: true })).toBeVisible();
  await expect(grid(page).getByText('answer 1/1')).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('signal only, and a range dragged over the means, are conditions that keep the groups they say', async ({ app }) => {
  const file = madeFile(app.folder);
  const groups = readGroups(file);
  const page = await app.open([file]);
  await openGroups(page);
  await page.keyboard.press('Shift+G');
  const alive = groups.filter(({ isDead }) => !isDead);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(alive.length + 1));
  await page.keyboard.press('Shift+G');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(groups.length + 1));

  const chart = page.getByRole('region', { name: 'Means of tasks' }).getByRole('img');
  const box = await chart.boundingBox();
  if (box === null) throw new Error('There is no chart.');
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const [, low, high] = /`group\.mean` between (\S+) and (\S+)/.exec(await draftOf(page)) ?? [];
  expect(Number(low)).toBeLessThan(Number(high));
  await page.getByRole('button', { name: 'Use as filter' }).click();
  const inside = groups.filter((group) => group.mean >= Number(low) && group.mean <= Number(high));
  expect(inside.length).toBeGreaterThan(0);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(inside.length + 1));
});

test('what was planned and is not there: a place in the strip, a column, a figure', async ({ app }) => {
  const planned = [0, 1].flatMap((task) => [0, 1, 2].map((rollout) => ({ task, rollout })));
  const there = planned.filter(({ task, rollout }) => task === 0 || rollout === 1);
  const keys = ({ task, rollout }: { task: number; rollout: number }) => ({ _ng_task_index: task, _ng_rollout_index: rollout });
  writeFile(
    app.folder,
    'run_materialized_inputs.jsonl',
    planned
      .map((each) => JSON.stringify({ ...keys(each), agent_ref: { name: 'made_up' }, responses_create_params: { input: [] } }))
      .join('\n'),
  );
  const page = await app.open([writeFile(app.folder, 'run.jsonl', there.map((each) => rolloutLine('x', keys(each))).join('\n'))]);
  await openGroups(page);
  await expect(page.getByLabel('All groups')).toContainText('missing2');
  const [whole, partial] = [taskRows(page).nth(0), taskRows(page).nth(1)];
  await expect(cell(whole, 'missing')).toHaveText('0');
  await expect(cell(partial, 'missing')).toHaveText('2');
  await expect(partial.getByRole('img')).toHaveAttribute('aria-label', 'missing, 1.000, missing');
  await page.keyboard.press('f');
  await page.keyboard.type('group.missing > 0');
  await page.keyboard.press('Enter');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(cell(taskRows(page).first(), 'task')).toHaveText('1');
});

test('without task indices: grouped by what names a task, by another field, by equal prompt', async ({ app }) => {
  const prompts = ['one', 'two', 'three'];
  const lines = Array.from({ length: 24 }, (_, at) =>
    rolloutLine(`answer ${at}`, {
      problem_id: `p${at % 6}`,
      topic: `t${at % 4}`,
      reward: at % 5 === 0 ? 1 : 0,
      responses_create_params: { input: [{ role: 'user', content: prompts[at % 3] }] },
    }),
  );
  const page = await app.open([writeFile(app.folder, 'unnamed.jsonl', lines.join('\n'))]);
  await openGroups(page);
  await expect(page.getByText('Rollouts have no task index.')).toContainText('They are grouped by problem_id');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '7');
  await page.getByRole('combobox', { name: 'Group by another field' }).selectOption('topic');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
  await expect(cell(taskRows(page).nth(3), 'task')).toHaveText('t3');
  await expect(cell(taskRows(page).nth(3), 'size')).toHaveText('6');
  await expect(page.getByTestId('counts')).toContainText('4 tasks');
  // Conditions on groups are of these groups.
  await page.keyboard.press('Shift+G');
  const passing = (topic: number): number => [...Array(24).keys()].filter((at) => at % 4 === topic && at % 5 === 0).length;
  const alive = [0, 1, 2, 3].filter((topic) => passing(topic) > 0 && passing(topic) < 6);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(alive.length + 1));
  await page.keyboard.press('Shift+G');
  await page.getByRole('button', { name: 'equal prompt' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await page.reload();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  expect(app.complaints).toEqual([]);
});
