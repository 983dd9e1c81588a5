import type { Locator, Page } from '@playwright/test';
import { figuresOf, grouped, readAttempts, sharesOf, type Attempt, type Figures } from './consequences.ts';
import { expect, test } from './fixtures.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { thousands } from './sample-page.ts';

/** Tasks of six rollouts: some rewards null or missing, some answers alike, some tasks without a signal. */
function makeFile(folder: string): string {
  let state = 11;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const lines = Array.from({ length: 1200 }, (_, index) => {
    const task = Math.floor(index / 6);
    const level = ((task * 7) % 10) / 10;
    const fate = random();
    const reward = task % 9 === 0 ? 1 : Number(Math.min(1, Math.max(-0.5, level + random() * 0.9 - 0.6)).toFixed(3));
    const text = `Answer ${fate < 0.2 ? 'alike' : index} to ${task}.`;
    return rolloutLine(text, {
      responses_create_params: { input: [{ role: 'user', content: `Question ${fate > 0.95 ? 'put otherwise' : ''} ${task}` }] },
      response: {
        output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }],
        status: 'completed',
        usage: { input_tokens: 10, output_tokens: 20 + Math.floor(random() * 900), total_tokens: 0 },
      },
      agent_ref: { name: ['alpha', 'beta', 'gamma'][Math.floor(task / 3) % 3] },
      _ng_task_index: task,
      _ng_rollout_index: index % 6,
      ...(fate < 0.03 ? { reward: null } : fate < 0.05 ? { reward: undefined } : { reward }),
    });
  });
  return writeFile(folder, 'thresholds.jsonl', `${lines.join('\n')}\n`);
}

test('every figure of a dragged threshold is that of the file, dropped, used, and brought back by its link', async ({ app }) => {
  const file = makeFile(app.folder);
  const attempts = readAttempts(file);
  const page = await app.open([file]);
  await expect(page.getByTestId('counts')).toContainText(thousands(attempts.length));
  await page.keyboard.press(']');
  const [least, most] = [slider(page, 'reward at least'), slider(page, 'reward at most')];

  const from = await centreOf(least);
  const width = (await centreOf(most)).x - from.x;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (const share of [0.2, 0.45, 0.6, 0.9, 0.55]) {
    await page.mouse.move(from.x + width * share, from.y, { steps: 5 });
    const min = await valueOf(least);
    await expectFigures(page, attempts, (reward) => reward >= min);
  }
  await page.mouse.up();

  const right = await centreOf(most);
  await page.mouse.move(right.x, right.y);
  await page.mouse.down();
  await page.mouse.move(from.x + width * 0.86, right.y, { steps: 5 });
  await page.mouse.up();
  const [min, max] = [await valueOf(least), await valueOf(most)];
  expect(max).toBeLessThan(1);
  const inside = (reward: number): boolean => reward >= min && reward <= max;
  await expectFigures(page, attempts, inside);

  await least.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chip')).toHaveCount(1);
  const kept = attempts.filter(({ reward }) => reward !== null && inside(reward));
  await expect(page.getByTestId('counts')).toContainText(`${thousands(kept.length)} of ${thousands(attempts.length)}`);

  await page.reload();
  await expect(page.getByTestId('chip')).toHaveCount(1);
  await expect(page.getByTestId('counts')).toContainText(`${thousands(kept.length)} of ${thousands(attempts.length)}`);
  expect([await valueOf(least), await valueOf(most)]).toEqual([min, max]);
  expect(app.complaints).toEqual([]);
});

test('by keys alone: a bin, ten bins, a margin, chosen and rejected, another threshold beside', async ({ app }) => {
  const file = makeFile(app.folder);
  const attempts = readAttempts(file);
  const page = await app.open([file]);
  await expect(page.getByTestId('counts')).toContainText(thousands(attempts.length));
  await page.keyboard.press(']');
  const least = slider(page, 'reward at least');
  await expect(least).toBeVisible();
  await page.keyboard.press('t');
  await expect(least).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  const coarse = await valueOf(least);
  await page.keyboard.press('ArrowRight');
  const min = await valueOf(least);
  expect(min).toBeGreaterThan(coarse);
  await expectFigures(page, attempts, (reward) => reward >= min);

  await page.getByRole('textbox', { name: 'Least difference of a pair' }).fill('0.35');
  await expectFigures(page, attempts, (reward) => reward >= min, { margin: 0.35 });

  await page.getByText('Split chosen / rejected', { exact: true }).first().click();
  await expect(page.getByTestId('draft-chip')).toContainText('tasks split into chosen and rejected at');
  const whole = grouped(attempts, ({ task }) => task);
  const divided = attempts.filter(({ task }) => {
    const rewards = (whole.get(task) ?? []).flatMap(({ reward }) => reward ?? []);
    return rewards.some((reward) => reward >= min) && rewards.some((reward) => reward < min);
  });
  await expectShown(page, figuresOf(divided, { margin: 0.35, mark: min, across: true }));
  await page.getByText(/^Keep ≥/).click();

  await page.getByRole('button', { name: /^Hold ≥/ }).click();
  await least.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const other = await valueOf(least);
  const figures = [min, other].map((from) =>
    figuresOf(
      attempts.filter(({ reward }) => reward !== null && reward >= from),
      { margin: 0.35, mark: 0.5 },
    ),
  );
  for (const title of ['Rollouts', 'Tasks covered', 'Groups with signal', 'Preference pairs', 'All possible pairs'] as const) {
    for (const [place, each] of figures.entries()) {
      await expect(
        rowOf(page, title)
          .getByRole('cell')
          .nth(place + 1),
      ).toContainText(new RegExp(`^${thousands(each[title])} `));
    }
  }
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('consequences')).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('a floor that kills the signal is told, and the offer is kept', async ({ app }) => {
  const file = makeFile(app.folder);
  const attempts = readAttempts(file);
  const page = await app.open([file]);
  await expect(page.getByTestId('counts')).toContainText(thousands(attempts.length));
  await page.keyboard.press(']');
  await page.getByRole('textbox', { name: 'reward at least' }).fill('0.97');
  const withSignal = new Set(
    [...grouped(attempts, ({ task }) => task)].flatMap(([task, group]) => {
      const rewards = group.flatMap(({ reward }) => reward ?? []);
      return rewards.length > 1 && Math.max(...rewards) - Math.min(...rewards) > 1e-6 ? [task] : [];
    }),
  );
  const whole = attempts.filter(({ task }) => withSignal.has(task));
  const warning = page.getByRole('note');
  await expect(warning).toContainText(`instead: ${thousands(whole.length)} rollouts`);
  await warning.getByRole('button', { name: 'Keep whole groups with signal' }).click();
  await expectShown(page, figuresOf(whole, { margin: 0.1, mark: 0.5 }));
  await page.getByRole('button', { name: 'Use as filter' }).click();
  await expect(page.getByTestId('counts')).toContainText(`${thousands(whole.length)} of ${thousands(attempts.length)}`);

  await page.getByRole('textbox', { name: 'reward at least' }).fill('0.25');
  await page.getByRole('button', { name: 'Use for export only' }).click();
  await expect(page.getByTestId('counts')).toContainText(`${thousands(whole.length)} of ${thousands(attempts.length)}`);
  const exported = whole.filter(({ reward }) => reward !== null && reward >= 0.25);
  await page.keyboard.press('e');
  await expect(page.getByRole('group', { name: 'What is left after each step' })).toContainText(thousands(exported.length));
  expect(app.complaints).toEqual([]);
});

async function expectFigures(
  page: Page,
  attempts: readonly Attempt[],
  keeps: (reward: number) => boolean,
  { margin = 0.1, mark = 0.5 } = {},
): Promise<void> {
  const kept = attempts.filter(({ reward }) => reward !== null && keeps(reward));
  await expectShown(page, figuresOf(kept, { margin, mark }), figuresOf(attempts, { margin, mark }));
  const shares = page.getByRole('region', { name: 'Share of each agent' });
  for (const { agent, share } of sharesOf(attempts, kept)) {
    await expect(shares.getByRole('row', { name: agent })).toContainText(share);
  }
}

/** `before` where the figures of no draft are checked too. */
async function expectShown(page: Page, after: Figures, before?: Figures): Promise<void> {
  for (const title of Object.keys(after)) {
    if (!isFigure(title, after)) continue;
    await expect(rowOf(page, title).getByRole('cell').nth(1), title).toHaveAttribute('title', thousands(after[title]));
    if (before) await expect(rowOf(page, title).getByRole('cell').nth(0), title).toHaveAttribute('title', thousands(before[title]));
  }
}

function isFigure(title: string, figures: Figures): title is keyof Figures {
  return title in figures;
}

function rowOf(page: Page, title: string): Locator {
  return page.getByTestId('consequences').getByRole('row', { name: new RegExp(`^${title}`) });
}

function slider(page: Page, name: string): Locator {
  return page.getByRole('slider', { name });
}

async function valueOf(handle: Locator): Promise<number> {
  return Number(await handle.getAttribute('aria-valuenow'));
}

async function centreOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('It is not on screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
