import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { expect, test } from './fixtures.ts';
import { expectBins, expectRail, figureOf, headInNumbers, numbersOf, othersOf } from './figures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { hasReferenceFiles, referenceFile, sample } from './paths.ts';
import { expectColumns, expectKept, grid, open, thousands } from './sample-page.ts';
import { readRows } from './tasks/rows.ts';

interface Odd {
  /** Of one file, line by line; undefined: the line has none. */
  readonly rewards: readonly unknown[];
  /** As the list writes them. */
  readonly cells: readonly string[];
  /** Why the rail shows another metric. */
  readonly instead?: string;
}

const odd: Readonly<Record<string, Odd>> = {
  'as far apart as numbers are': {
    rewards: [-1e308, 1e308, 0, 1.5e308, -1.7e308, 5e-324, 1, 2],
    cells: ['−1e308', '1e308', '0.000', '1.5e308', '−1.7e308', '5e−324', '1.000', '2.000'],
  },
  'from -100 to 19.4': {
    rewards: [-100, -50.5, -3, 0, 1, 2.5, 19.4, 19.4],
    cells: ['−100', '−50.50', '−3.000', '0.000', '1.000', '2.500', '19.40', '19.40'],
  },
  'all the same': { rewards: [0.5, 0.5, 0.5, 0.5, 0.5], cells: ['0.500', '0.500', '0.500', '0.500', '0.500'] },
  'numbers, texts and others': {
    rewards: [1, '1', 'high', 0.5, null, undefined, true, [1], { a: 1 }],
    cells: ['1.000', '1', 'high', '0.500', 'null', '·', 'true', '[1]', '{"a":1}'],
  },
  'of one rollout': { rewards: [0.25], cells: ['0.250'] },
  'all null': {
    rewards: [null, null, null],
    cells: ['null', 'null', 'null'],
    instead: 'The reward is null in every rollout: this is turns.',
  },
  'in no rollout': { rewards: [undefined, undefined], cells: [], instead: 'No rollout has a reward: this is turns.' },
  'all texts': { rewards: ['a', 'b', 'a'], cells: ['a', 'b', 'a'], instead: 'The reward is no number: this is turns.' },
};

for (const [name, { rewards, cells, instead }] of Object.entries(odd)) {
  test(`rewards ${name}: what is shown is what the file holds`, async ({ app }) => {
    const lines = rewards.map((reward, at) => rolloutLine(`Answer ${at}.`, { reward, _ng_task_index: at >> 1, _ng_rollout_index: at % 2 }));
    const page = await app.open([writeFile(app.folder, 'odd.jsonl', lines.map((line) => `${line}\n`).join(''))]);
    await expectKept(page, rewards.length, rewards.length);
    await expect(page.getByTestId('counts')).toContainText(`${thousands(Math.ceil(rewards.length / 2))} task`);
    if (instead === undefined) await expectRail(page, 'reward', rewards);
    else {
      await expect(page.getByText(instead)).toBeVisible();
      await expectRail(
        page,
        'turns',
        rewards.map(() => 1),
      );
    }
    // A column that holds nothing is not shown until it is asked for.
    if (cells.some((cell) => cell !== 'null')) await expect(grid(page).locator('[data-column=reward]')).toHaveText([...cells]);
    else await expect(grid(page).locator('[data-column=reward]')).toHaveCount(0);

    if (instead === undefined) {
      await page.keyboard.press('f');
      await page.keyboard.type('reward > 0');
      await page.keyboard.press('Enter');
      await expectKept(page, numbersOf(rewards).filter((reward) => reward > 0).length, rewards.length);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('4');
    const rules = page.getByRole('listbox', { name: 'Rules that found something' });
    const others = othersOf(rewards);
    const missing = (others['null'] ?? 0) + (others['missing'] ?? 0);
    for (const [rule, found] of Object.entries({ 'reward/missing': missing, 'reward/not-a-number': others['no number'] ?? 0 })) {
      const option = rules.locator(`[data-rule="${rule}"]`);
      await expect(option).toHaveCount(found === 0 ? 0 : 1);
      if (found > 0) await expect(option).toContainText(thousands(found));
    }
    expect(app.complaints).toEqual([]);
  });
}

test('of a file without a rollout every line is counted', async ({ app }) => {
  const page = await app.open([writeFile(app.folder, 'none.jsonl', '[1]\nnot json\n\n{"a":\n7\n')]);
  await expectKept(page, 0, 0);
  await page.keyboard.press('4');
  const main = page.getByRole('main');
  await expect(figureOf(main, 'lines read')).toHaveText('4');
  await expect(figureOf(main, 'rollouts')).toHaveText('0');
  await expect(figureOf(main, 'invalid lines')).toHaveText('4');
  expect(app.complaints).toEqual([]);
});

test('of five hundred columns the ones that are asked for are in numbers what the file holds', async ({ app }) => {
  const rows = Array.from({ length: 300 }, (_, line) =>
    Object.fromEntries(
      Array.from({ length: 500 }, (__, at) => [`c_${at}`, at % 7 === 3 && line % 5 === 0 ? null : ((line * (at + 3)) % 41) - at]),
    ),
  );
  const page = await app.open([writeFile(app.folder, 'wide.jsonl', rows.map((row) => `${rolloutLine('An answer.', row)}\n`).join(''))]);
  await expectKept(page, rows.length, rows.length);
  await expectColumns(page);
  const shown = ['c_0', 'c_94', 'c_250', 'c_499'];
  await page.evaluate(
    (hash) => {
      window.location.hash = hash;
    },
    `#metric="c_499"&columns=${JSON.stringify(['line', ...shown])}`,
  );
  for (const column of shown) {
    const values = rows.map((row) => row[column]);
    await expectBins(await headInNumbers(page, column), numbersOf(values), othersOf(values));
    await page.keyboard.press('Escape');
  }
  await expectRail(
    page,
    'c_499',
    rows.map((row) => row['c_499']),
    5,
  );
  await expect(grid(page).getByRole('columnheader')).toHaveCount(1 + shown.length);
  expect(app.complaints).toEqual([]);
});

test('figures of the sample are those of its file', async ({ app }) => {
  const { page, rollouts } = await open(app);
  const { rows } = readRows([sample]);
  expect(rows.length).toBe(rollouts.length);
  await expectRail(
    page,
    'reward',
    rows.map(({ reward }) => reward),
    5,
  );
  await expectBins(
    await headInNumbers(page, 'tools'),
    rows.map(({ calls }) => calls.length),
    { null: 0, missing: 0, 'no number': 0 },
    2,
  );
  await page.keyboard.press('Escape');
  const agents = page.getByRole('complementary', { name: 'Distribution' }).getByRole('region', { name: 'agent', exact: true });
  for (const agent of new Set(rows.map((row) => row.agent ?? ''))) {
    const label = agents.locator('label', { has: page.getByTitle(agent, { exact: true }) });
    await expect(label).toContainText(thousands(rows.filter((row) => row.agent === agent).length));
  }
  expect(app.complaints).toEqual([]);
});

/** As the lines have them: null is not the same as none. */
function rewardsOf(file: string): unknown[] {
  const line = z.looseObject({ reward: z.unknown().optional() });
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return [line.parse(JSON.parse(text)).reward];
      } catch {
        return [];
      }
    });
}

/** Rewards below zero and far above one; truncated generations; rows without a response, and lines that are none. */
for (const server of ['blackjack', 'openair_congestion', 'grl_tetris', 'code_fim', 'genrm_compare', 'browsecomp_advanced_harness']) {
  test(`figures of the real rollouts of ${server} are those of their file`, async ({ app }) => {
    test.skip(!hasReferenceFiles, 'the reference files are not there');
    const file = referenceFile(server);
    const { rows, invalid } = readRows([file]);
    const page = await app.open([file]);
    await expectKept(page, rows.length, rows.length);
    await expect(page.getByTestId('counts')).toContainText(`${thousands(new Set(rows.map(({ task }) => task)).size)} task`);
    const rewards = rewardsOf(file);
    expect(rewards.length).toBe(rows.length);
    if (numbersOf(rewards).length > 0) await expectRail(page, 'reward', rewards);
    await page.keyboard.press('4');
    await expect(figureOf(page.getByRole('main'), 'rollouts')).toHaveText(thousands(rows.length));
    await expect(figureOf(page.getByRole('main'), 'invalid lines')).toHaveText(thousands(invalid));
    expect(app.complaints).toEqual([]);
  });
}
