import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type App } from './fixtures.ts';
import { draftOf } from './drafts.ts';
import { rolloutLine, writeFile } from './made-files.ts';
import { grid } from './sample-page.ts';

interface Made {
  readonly line: number;
  readonly reward: number | null | undefined;
  readonly truncated: boolean;
  readonly tokens: number;
  readonly difficulty: number | undefined;
}

const name = 'reward - 0.1 * truncated';
const score = ({ reward, truncated }: Made): number =>
  reward === null || reward === undefined ? Number.NaN : reward - 0.1 * Number(truncated);
const shown = (value: number): string => value.toFixed(3).replace('-', '−');

function makeFile(folder: string): { file: string; made: Made[] } {
  const made = Array.from({ length: 600 }, (_, index): Made => ({
    line: index + 1,
    reward: index % 17 === 3 ? null : index % 19 === 4 ? undefined : ((index * 37) % 11) / 10,
    truncated: index % 3 === 0,
    tokens: 100 + ((index * 53) % 7),
    difficulty: index % 5 === 0 ? undefined : index % 4,
  }));
  const lines = made.map(({ reward, truncated, tokens, difficulty, line }) =>
    rolloutLine(`Answer ${line}, "quoted", of\ntwo lines.`, {
      response: {
        output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `Answer ${line}.`, annotations: [] }] }],
        status: truncated ? 'incomplete' : 'completed',
        incomplete_details: truncated ? { reason: 'max_output_tokens' } : null,
        usage: { input_tokens: 1, output_tokens: tokens, total_tokens: 0 },
      },
      reward,
      metadata: { difficulty },
      _ng_task_index: Math.floor((line - 1) / 4),
      _ng_rollout_index: (line - 1) % 4,
    }),
  );
  return { file: writeFile(folder, 'table.jsonl', `${lines.join('\n')}\n`), made };
}

const head = (page: Page, column: string): Locator => grid(page).getByRole('button', { name: column, exact: true });

/** The cells of a column in the rows at the top, as they are written. */
async function cells(page: Page, column: string, rows: number): Promise<string[]> {
  const found: string[] = [];
  for (let row = 0; row < rows; row++) {
    found.push(
      (await grid(page)
        .locator(`[id=row-${row}] [data-column=${JSON.stringify(column)}]`)
        .textContent()) ?? '',
    );
  }
  return found;
}

async function addColumn(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('textbox', { name: /^Add a column/ }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Add a column/ })).toHaveValue('');
  await page.keyboard.press('Escape');
}

async function opened(app: App): Promise<{ page: Page; made: Made[] }> {
  const { file, made } = makeFile(app.folder);
  const page = await app.open([file]);
  await expect(page.getByText(/^Indexed /)).toBeVisible();
  return { page, made };
}

test('a computed column has the values of the file, is drawn, dragged on, filtered by, and comes back with the page', async ({ app }) => {
  const { page, made } = await opened(app);
  await addColumn(page, 'reward-0.1*truncated');
  const texts = made.slice(0, 12).map((row) => (Number.isNaN(score(row)) ? '·' : shown(score(row) + 0)));
  await expect.poll(() => cells(page, name, 12)).toEqual(texts);

  const chart = grid(page).getByRole('img', { name: `Histogram of ${name}` });
  const box = await chart.boundingBox();
  if (box === null) throw new Error('The head shows no histogram.');
  await page.mouse.move(box.x + box.width * 0.4, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + 12, { steps: 6 });
  await page.mouse.up();
  const draft = await draftOf(page);
  const [low, high = Number.POSITIVE_INFINITY] = [...draft.matchAll(/(?:>=|between|and) (-?[\d.]+)/g)].map(([, digits]) => Number(digits));
  if (low === undefined) throw new Error(`The draft has no lower bound: ${draft}`);
  const kept = made.filter((row) => score(row) >= low && score(row) <= high);
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.length).toBeLessThan(made.length - 10);
  await page.getByRole('button', { name: 'Use as filter' }).click();
  await expect(page.getByTestId('counts')).toContainText(`${kept.length} of ${made.length}`);

  await page.reload();
  await expect(page.getByTestId('counts')).toContainText(`${kept.length} of ${made.length}`);
  await expect.poll(() => cells(page, name, 5)).toEqual(kept.slice(0, 5).map((row) => shown(score(row) + 0)));
  await expect.poll(() => cells(page, 'line', 5)).toEqual(kept.slice(0, 5).map(({ line }) => String(line)));
  expect(app.complaints).toEqual([]);
});

test('a nested path is a column; the order is by several columns; the view is saved as it stands', async ({ app }) => {
  const { page, made } = await opened(app);
  await addColumn(page, 'metadata.difficulty');
  await expect
    .poll(() => cells(page, 'metadata.difficulty', 6))
    .toEqual(made.slice(0, 6).map(({ difficulty }) => String(difficulty ?? '·')));

  await head(page, 'tokens').click();
  await head(page, 'reward').click({ modifiers: ['Shift'] });
  await head(page, 'reward').click({ modifiers: ['Shift'] });
  // Null is behind every number, missing behind null, in both directions.
  const rank = ({ reward }: Made): number => (reward === undefined ? 1e9 : reward === null ? 1e8 : -reward);
  const sorted = [...made].sort((a, b) => a.tokens - b.tokens || rank(a) - rank(b) || a.line - b.line);
  await expect.poll(() => cells(page, 'line', 15)).toEqual(sorted.slice(0, 15).map(({ line }) => String(line)));

  await page.getByRole('button', { name: 'Copy and save' }).click();
  await page.getByRole('menuitem', { name: /^Save the view/ }).click();
  const choose = page.getByRole('button', { name: 'Choose a folder' });
  if (await choose.isVisible()) await choose.click();
  await page.getByRole('textbox', { name: 'Name of the file' }).fill('mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`Saved mine.csv: ${made.length} rows`)).toBeVisible();

  const [names = '', ...lines] = readFileSync(path.join(app.outRoot, 'mine.csv'), 'utf8').trimEnd().split('\n');
  const at = (column: string): number => names.split(',').indexOf(column);
  const saved = lines.map((line) => line.split(','));
  expect(saved.map((fields) => fields[at('line')])).toEqual(sorted.map(({ line }) => String(line)));
  expect(saved.map((fields) => fields[at('reward')])).toEqual(sorted.map(({ reward }) => (reward === undefined ? '' : String(reward))));
  expect(saved.map((fields) => fields[at('metadata.difficulty')])).toEqual(sorted.map(({ difficulty }) => String(difficulty ?? '')));
  expect(app.complaints).toEqual([]);
});

test('columns are moved by drag and by keys and hidden, rows are selected and copied, and the layout is remembered', async ({ app }) => {
  const { page, made } = await opened(app);
  const heads = async (): Promise<(string | null)[]> => {
    const buttons = await grid(page).getByRole('columnheader').all();
    return Promise.all(buttons.map((each) => each.getByRole('button').first().getAttribute('aria-label')));
  };
  await expect.poll(heads).toContain('agent');
  const before = await heads();
  const [from, to] = [await head(page, 'tokens').boundingBox(), await head(page, 'agent').boundingBox()];
  if (from === null || to === null) throw new Error('There are no heads.');
  await page.mouse.move(from.x + 10, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 12, to.y + 8, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await heads()).indexOf('tokens')).toBe(before.indexOf('agent'));
  // A drag does not sort.
  await expect(grid(page).getByRole('columnheader', { name: /tokens/ })).toHaveAttribute('aria-sort', 'none');

  await grid(page).focus();
  await page.keyboard.press('ArrowUp');
  for (let step = 0; step < before.indexOf('agent'); step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await heads()).slice(before.indexOf('agent'), before.indexOf('agent') + 2)).toEqual(['agent', 'tokens']);
  await page.keyboard.press('Delete');
  await expect.poll(heads).not.toContain('tokens');

  await page.keyboard.press('ArrowDown');
  for (const key of ['j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await expect(page.getByText(/row 3 of 600 · 3 selected/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByText('Copied 3 rows as TSV')).toBeVisible();
  expect(made).toHaveLength(600);

  await page.evaluate(() => window.history.replaceState(null, '', window.location.pathname));
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^Indexed /)).toBeVisible();
    expect(await heads()).not.toContain('tokens');
  }).toPass();
  expect(app.complaints).toEqual([]);
});
