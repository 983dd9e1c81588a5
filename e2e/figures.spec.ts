import type { Locator, Page } from '@playwright/test';
import { grouped } from './consequences.ts';
import { expect, test } from './fixtures.ts';
import { countsIn, expectBins, expectRail, figureOf, headInNumbers, numbersOf, othersOf } from './figures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { expectColumns, expectKept, grid, thousands } from './sample-page.ts';

interface Made {
  readonly line: number;
  readonly task: number;
  readonly attempt: number;
  /** Undefined where the line has none. */
  readonly reward: number | string | null | undefined;
  readonly agent: string;
  readonly tokens: number;
  readonly calls: number;
  readonly status: string;
}

const agents = ['alpha', 'beta', 'gamma'];
const rolloutsOf = 6;
/** Lines that are none, and one cut off. */
const broken = ['[1, 2]', '{"reward": 1', 'not json'];

/** Rewards of every kind: numbers, null, missing, text; tasks of one reward and of several. */
function made(): Made[] {
  return Array.from({ length: 1500 }, (_, index) => {
    const task = Math.floor(index / rolloutsOf);
    const number = task % 7 === 0 ? 1 : ((index * 37) % 29) / 4 - 2;
    const reward = index % 17 === 3 ? null : index % 19 === 4 ? undefined : index % 23 === 5 ? 'n/a' : number;
    return {
      line: index + 1,
      task,
      attempt: index % rolloutsOf,
      reward,
      agent: agents[task % 3] ?? '',
      tokens: 100 + ((index * 7919) % 1301),
      calls: (index * 5) % 4,
      status: index % 11 === 0 ? 'incomplete' : 'completed',
    };
  });
}

function write(folder: string, rows: readonly Made[]): string {
  const lines = rows.map(({ line, task, attempt, reward, agent, tokens, calls, status }) => {
    const call = (at: number): object[] => [
      { type: 'function_call', call_id: `c${at}`, name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: `c${at}`, output: 'seen' },
    ];
    const answer = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `Answer ${line}.`, annotations: [] }] };
    return rolloutLine('', {
      responses_create_params: { input: [{ role: 'user', content: `Question ${task}` }] },
      response: {
        output: [...Array.from({ length: calls }, (_, at) => call(at)).flat(), answer],
        status,
        usage: { input_tokens: 1, output_tokens: tokens, total_tokens: 0 },
      },
      agent_ref: { name: agent },
      reward,
      _ng_task_index: task,
      _ng_rollout_index: attempt,
    });
  });
  return writeFile(folder, 'figures.jsonl', `${[...lines, ...broken].join('\n')}\n`);
}

/** As the list has a reward. */
const written = (reward: number): string => reward.toFixed(3).replace('-', '−');

const scores = (rows: readonly Made[]): number[] => rows.flatMap(({ reward }) => (typeof reward === 'number' ? [reward] : []));

async function opened(app: { folder: string; open(files: readonly string[]): Promise<Page> }): Promise<{ page: Page; rows: Made[] }> {
  const rows = made();
  const page = await app.open([write(app.folder, rows)]);
  await expectKept(page, rows.length, rows.length);
  await expectColumns(page);
  return { page, rows };
}

test('cells, heads and counts of the list are those of the file', async ({ app }) => {
  const { page, rows } = await opened(app);
  const shown = ({ line, task, attempt, reward, agent, tokens, calls }: Made): Record<string, string> => ({
    line: thousands(line),
    task: thousands(task),
    rollout: String(attempt),
    agent,
    reward: typeof reward === 'number' ? written(reward) : reward === undefined ? '·' : String(reward),
    // Calls that follow one another are messages of their own, and so is the answer.
    turns: String(calls + 1),
    tools: String(calls),
    tokens: thousands(tokens),
  });
  const shownRows = async (from: number, to: number): Promise<Record<string, string>[]> => {
    return await grid(page).evaluate(
      (element, [first, end, columns]) =>
        Array.from({ length: end - first }, (_, at) =>
          Object.fromEntries(
            columns.map((name) => [
              name,
              element.querySelector(`[id=row-${first + at}] [data-column="${name}"]`)?.textContent ?? 'not there',
            ]),
          ),
        ),
      [from, to, ['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'tools', 'tokens']] as const,
    );
  };
  await expect.poll(() => shownRows(0, 24)).toEqual(rows.slice(0, 24).map(shown));
  await grid(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => shownRows(rows.length - 15, rows.length)).toEqual(rows.slice(-15).map(shown));

  const tasks = new Set(rows.map(({ task }) => task)).size;
  const head = (name: string): Locator => grid(page).getByRole('columnheader', { name: new RegExp(`^${name}`) });
  await expect(head('line')).toContainText(thousands(rows.length));
  await expect(head('task')).toContainText(thousands(tasks));
  await expect(head('rollout')).toContainText(`0–${rolloutsOf - 1}`);
  await expect(page.getByTestId('counts')).toContainText(`${thousands(tasks)} tasks`);
  expect(app.complaints).toEqual([]);
});

test('the rail says what the file holds, and each chip what it leaves out', async ({ app }) => {
  const { page, rows } = await opened(app);
  const rail = page.getByRole('complementary', { name: 'Distribution' });
  const expectRewards = (kept: readonly Made[]): Promise<void> =>
    expectRail(
      page,
      'reward',
      kept.map(({ reward }) => reward),
      5,
    );
  const expectFacet = async (name: string, values: readonly string[], of: (row: Made) => string, kept: readonly Made[]): Promise<void> => {
    const facet = rail.getByRole('region', { name, exact: true });
    for (const value of values) {
      const label = facet.locator('label', { has: page.getByTitle(value, { exact: true }) });
      await expect(label).toContainText(thousands(kept.filter((row) => of(row) === value).length));
    }
  };
  await expectRewards(rows);
  await expectFacet('agent', agents, ({ agent }) => agent, rows);
  await expectFacet('status', ['completed', 'incomplete'], ({ status }) => status, rows);

  // A ticked facet still counts what the others would add.
  await rail.getByRole('region', { name: 'agent', exact: true }).getByText('beta', { exact: true }).click();
  await page.keyboard.press('f');
  await page.keyboard.type('tokens <= 900');
  await page.keyboard.press('Enter');
  const isAgent = ({ agent }: Made): boolean => agent === 'beta';
  const isShort = ({ tokens }: Made): boolean => tokens <= 900;
  const kept = rows.filter((row) => isAgent(row) && isShort(row));
  await expect(page.getByTestId('counts')).toContainText(`${thousands(kept.length)} of ${thousands(rows.length)} rollouts`);
  await expect(page.getByTestId('counts')).toContainText(`${thousands(new Set(kept.map(({ task }) => task)).size)} tasks`);
  const back = [rows.filter(isShort), rows.filter(isAgent)].map((more) => `+${thousands(more.length - kept.length)}`);
  await expect(page.getByTestId('chip-back')).toHaveText(back);
  await expectRewards(kept);
  await expectFacet('agent', agents, ({ agent }) => agent, rows.filter(isShort));
  await expectFacet('status', ['completed', 'incomplete'], ({ status }) => status, kept);
  expect(app.complaints).toEqual([]);
});

test('charts of heads are in numbers what the file holds', async ({ app }) => {
  const { page, rows } = await opened(app);
  const numbers: Readonly<Record<string, (row: Made) => unknown>> = {
    tokens: ({ tokens }) => tokens,
    turns: ({ calls }) => calls + 1,
    tools: ({ calls }) => calls,
  };
  for (const [column, of] of Object.entries(numbers)) {
    const held = rows.map(of);
    await expectBins(await headInNumbers(page, column), numbersOf(held), othersOf(held), 4);
    await page.keyboard.press('Escape');
  }
  // A column of numbers and texts is one of values, too.
  const values: Readonly<Record<string, (row: Made) => string | null | undefined>> = {
    agent: ({ agent }) => agent,
    reward: ({ reward }) => (typeof reward === 'number' ? written(reward) : reward),
  };
  for (const [column, of] of Object.entries(values)) {
    const table = await headInNumbers(page, column);
    const found = [...grouped(rows, (row) => of(row) ?? 'none')].filter(([name]) => name !== 'none');
    const { null: nulls = 0, missing = 0 } = othersOf(rows.map(of));
    const expected = [
      ...found.map(([name, { length }]) => [name, length] as const),
      ['null', nulls] as const,
      ['missing', missing] as const,
    ];
    await expect
      .poll(async () => Object.fromEntries(await countsIn(table)))
      .toEqual(Object.fromEntries(expected.map(([name, number]) => [name, thousands(number)])));
    await page.keyboard.press('Escape');
  }
  expect(app.complaints).toEqual([]);
});

test('problems are as many as a plain count finds, and each opens its rows', async ({ app }) => {
  const { page, rows } = await opened(app);
  await page.keyboard.press('4');
  const list = page.getByRole('listbox', { name: 'Rules that found something' });
  await expect(figureOf(page.getByRole('main'), 'lines read')).toHaveText(thousands(rows.length + broken.length));
  await expect(figureOf(page.getByRole('main'), 'rollouts')).toHaveText(thousands(rows.length));
  await expect(figureOf(page.getByRole('main'), 'invalid lines')).toHaveText(thousands(broken.length));

  const tasks = grouped(rows, ({ task }) => String(task));
  const dead = [...tasks.values()].filter((group) => scores(group).length > 1 && new Set(scores(group)).size === 1);
  const found = {
    'json/invalid': 2,
    'json/not-object': 1,
    'reward/missing': rows.filter(({ reward }) => reward === null || reward === undefined).length,
    'reward/not-a-number': rows.filter(({ reward }) => typeof reward === 'string').length,
    'task/no-signal': dead.flat().length,
  };
  await expect
    .poll(
      async () => await list.getByRole('option').evaluateAll((all) => all.map((one) => [one.dataset['rule'], one.lastChild?.textContent])),
    )
    .toEqual(Object.entries(found).map(([rule, number]) => [rule, thousands(number)]));
  await list.getByRole('option', { name: /task\/no-signal/ }).click();
  await page.getByRole('button', { name: 'Show only these' }).click();
  await expect(page.getByTestId('counts')).toContainText(
    `${thousands(dead.flat().length)} of ${thousands(rows.length)} rollouts · ${thousands(dead.length)} tasks`,
  );
  expect(app.complaints).toEqual([]);
});
