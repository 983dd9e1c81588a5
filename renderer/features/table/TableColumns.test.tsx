import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderOnDataset } from '../../testing/render.tsx';
import { RolloutTable } from './RolloutTable.tsx';

const rows = Array.from({ length: 300 }, (_, index) => ({
  line: index + 1,
  task: String(Math.floor(index / 8)),
  agent: index % 2 === 0 ? 'a' : 'b',
  tokens: 1000 - index,
  truncated: index % 3 === 0,
  reward: (index % 11) / 10,
}));
const heads = (): (string | null)[] =>
  screen.getAllByRole('columnheader').map((head) => within(head).getAllByRole('button')[0]?.getAttribute('aria-label') ?? null);
const cellsOf = (line: number): (string | null)[] =>
  [...(screen.getAllByRole('row')[line]?.querySelectorAll('[data-column]') ?? [])].map((cell) => cell.textContent);
const usual = ['line', 'task', 'agent', 'reward', 'tokens'];
const ready = (): Promise<void> => waitFor(() => expect(cellsOf(1)[0]).toBe('1'));
const expression = 'reward - 0.1 * truncated';

/** user-event puts a clipboard of its own in place. */
const copied = (): Promise<string> => navigator.clipboard.readText();
beforeEach(() => {
  vi.stubGlobal('ClipboardItem', undefined);
});

test('an expression becomes a column with its values, is in the address, and goes again', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.type(await screen.findByRole('textbox', { name: /^Add a column/ }), 'reward-0.1*truncated{Enter}');
  await waitFor(() => expect(heads()).toContain(expression));
  expect(decodeURIComponent(window.location.hash)).toContain(`added=["${expression}"]`);
  const at = heads().indexOf(expression);
  // The first row: 0 - 0.1; the fifth: 0.4 - 0.1 * 0.
  await waitFor(() => expect(cellsOf(1)[at]).toBe('−0.100'));
  expect(cellsOf(5)[at]).toBe('0.400');
  await user.click(screen.getByRole('button', { name: `Remove the column ${expression}` }));
  await waitFor(() => expect(heads()).toEqual(usual));
});

test('a column that is added before the others are known does not stand for all of them', async () => {
  const user = userEvent.setup();
  let tell = (): void => undefined;
  const columnsAfter = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { asked } = await renderOnDataset(<RolloutTable compact={false} />, { rows, columnsAfter });
  await user.click(await screen.findByRole('button', { name: 'Columns' }));
  await user.type(await screen.findByRole('textbox', { name: /^Add a column/ }), 'reward-0.1*truncated{Enter}');
  await waitFor(() => expect(asked.filter((call) => call.startsWith('column.describe'))).not.toEqual([]));
  await waitFor(() => expect(asked.some((call) => call.startsWith('shell.saveSettings'))).toBe(true));
  tell();
  await waitFor(() => expect(heads()).toEqual(['line', 'task', 'agent', 'reward', expression, 'tokens']));
});

test('what cannot be a column is said, with the place, and nothing is added', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  const field = await screen.findByRole('textbox', { name: /^Add a column/ });
  await user.type(field, 'reward >= 1{Enter}');
  await screen.findByText(/Expected \+ - \* \/ or the end\./);
  await user.clear(field);
  await user.type(field, 'metadata.difficulty{Enter}');
  await screen.findByText('No column "metadata.difficulty".');
  expect(heads()).toEqual(usual);
});

test('columns are found, shown, hidden, pinned and moved by keys; the layout is remembered', async () => {
  const user = userEvent.setup();
  const { asked } = await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.type(await screen.findByRole('textbox', { name: 'Find a column' }), 'trunc');
  await user.click(screen.getByRole('checkbox', { name: 'truncated' }));
  await waitFor(() => expect(heads()).toEqual([...usual, 'truncated']));
  await user.clear(screen.getByRole('textbox', { name: 'Find a column' }));
  await user.click(screen.getByRole('button', { name: 'Pin tokens to the left' }));
  await waitFor(() => expect(heads()).toEqual(['line', 'task', 'tokens', 'agent', 'reward', 'truncated']));
  fireEvent.keyDown(screen.getByRole('checkbox', { name: 'reward' }), { key: 'ArrowUp', altKey: true });
  await waitFor(() => expect(heads()).toEqual(['line', 'task', 'tokens', 'reward', 'agent', 'truncated']));
  await waitFor(() => expect(asked.some((call) => call.startsWith('shell.saveSettings') && call.includes('tokens'))).toBe(true));
  await user.click(screen.getByRole('button', { name: 'Back to the usual columns' }));
  await waitFor(() => expect(heads()).toEqual(usual));
});

test('the heads are reached and used by keys alone', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  const grid = screen.getByRole('grid');
  grid.focus();
  await user.keyboard('{ArrowUp}{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('reward');
  await user.keyboard('{Enter}{Enter}');
  await waitFor(() => expect(cellsOf(1)[3]).toBe('1.000'));
  await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  await waitFor(() => expect(heads()).toEqual(['line', 'task', 'reward', 'agent', 'tokens']));
  await user.keyboard('{Delete}');
  // The metric in view is always there; the keys go on to the next head.
  expect(heads()).toContain('reward');
  await user.keyboard('{Delete}');
  await waitFor(() => expect(heads()).toEqual(['line', 'task', 'reward', 'tokens']));
  await user.keyboard(' ');
  await user.click(await screen.findByRole('menuitem', { name: 'Use as metric' }));
  await waitFor(() => expect(window.location.hash).toContain('metric'));
});

test('a cell is copied whole; marked rows as a table or as JSON', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  screen.getByRole('grid').focus();
  await user.keyboard('jj{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{Control>}c{/Control}');
  await waitFor(async () => expect(await copied()).toBe('0.1'));
  await user.keyboard('xj{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}');
  const table = ['line\ttask\tagent\treward\ttokens', '2\t0\tb\t0.1\t999', '3\t0\ta\t0.2\t998', '4\t0\tb\t0.3\t997', ''].join('\n');
  await waitFor(async () => expect(await copied()).toBe(table));
  await user.click(screen.getByRole('button', { name: 'Copy and save' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Copy 3 rows as JSON' }));
  await waitFor(async () => expect(JSON.parse(await copied())).toHaveLength(3));
  expect(JSON.parse(await copied())[0]).toEqual({ line: 2, task: '0', agent: 'b', reward: 0.1, tokens: 999 });
});

test('the view is copied as a command, unless the other tool cannot be told, and saved as a file', async () => {
  const user = userEvent.setup();
  const { asked } = await renderOnDataset(<RolloutTable compact={false} />, {
    rows,
    shell: 'browser',
    hash: '#filter=["reward%20>=%200.5"]',
  });
  await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('163'));
  await user.click(screen.getByRole('button', { name: 'Copy and save' }));
  await user.click(await screen.findByRole('menuitem', { name: 'rollscope' }));
  await waitFor(async () =>
    expect(await copied()).toBe("rollscope export made_rollouts.jsonl --to custom/rollouts --where '(reward >= 0.5)' --out view"),
  );
  await user.click(screen.getByRole('button', { name: 'Copy and save' }));
  await user.click(await screen.findByRole('menuitem', { name: /^Save the view/ }));
  await screen.findByText('162 rows, 5 columns, as they stand in the table');
  await user.click(screen.getByRole('radio', { name: 'Parquet' }));
  await user.clear(screen.getByRole('textbox', { name: 'Name of the file' }));
  await user.type(screen.getByRole('textbox', { name: 'Name of the file' }), 'mine{Enter}');
  await screen.findByText(/^Saved mine\.parquet: 162 rows/);
  expect(asked.find((call) => call.startsWith('view.save'))).toContain('"columns":["line","task","agent","reward","tokens"]');
});

test('what a head draws is there in numbers, from its menu; Escape gives the keys back to the grid', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await ready();
  const grid = screen.getByRole('grid');
  const numbersOf = async (name: string): Promise<(string | null)[][]> => {
    await user.click(screen.getByRole('button', { name: `Menu of ${name}` }));
    await user.click(await screen.findByRole('menuitem', { name: 'Chart in numbers' }));
    const table = await within(await screen.findByRole('dialog', { name: `${name} in numbers` })).findByRole('table');
    const cells = within(table)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(grid);
    return cells;
  };
  expect(await numbersOf('agent')).toEqual([
    ['agent', 'rollouts'],
    ['a', '150'],
    ['b', '150'],
    ['null', '0'],
    ['missing', '0'],
  ]);
  const counts = (await numbersOf('reward')).slice(1).map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
});
