import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderOnDataset } from '../../testing/render.tsx';
import { RolloutTable } from './RolloutTable.tsx';

const rows = Array.from({ length: 1000 }, (_, index) => ({
  line: index + 1,
  task: String(Math.floor(index / 8)),
  agent: index % 2 === 0 ? 'a' : 'b',
  tokens: 1000 - index,
  ...(index === 1 ? {} : { reward: index === 2 ? null : (index % 11) / 10 }),
}));
const bodyRows = (): HTMLElement[] => screen.getAllByRole('row').slice(1);
const texts = (row: HTMLElement | undefined): (string | null)[] =>
  [...(row?.querySelectorAll('[data-column]') ?? [])].map((cell) => cell.textContent);

test('draws the rows in view only, and tells their number', async () => {
  const { asked } = await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await waitFor(() => expect(texts(bodyRows()[0])).toEqual(['1', '0', 'a', '0.000', '1,000']));
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
  expect(bodyRows().length).toBeLessThan(60);
  expect(asked.filter((call) => call.startsWith('rows.page')).every((call) => call.includes('"range":{"start":0,"end":100}'))).toBe(true);
});

test('absent is not null, and neither is zero', async () => {
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await waitFor(() => expect(texts(bodyRows()[1])[3]).toBe('·'));
  expect(texts(bodyRows()[2])[3]).toBe('null');
  expect(texts(bodyRows()[0])[3]).toBe('0.000');
});

test('keys move the selection, also to rows that are not loaded', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await waitFor(() => expect(texts(bodyRows()[0])[0]).toBe('1'));
  screen.getByRole('grid').focus();
  await user.keyboard('jj{ArrowUp}');
  expect(screen.getByRole('grid').getAttribute('aria-activedescendant')).toBe('row-0');
  await user.keyboard('k{ArrowDown}');
  expect(screen.getByRole('row', { selected: true }).id).toBe('row-1');
  await user.keyboard('{End}');
  await waitFor(() => expect(screen.getByRole('row', { selected: true }).id).toBe('row-999'));
  expect(texts(screen.getByRole('row', { selected: true }))[0]).toBe('1,000');
  await user.keyboard('{Home}{Enter}');
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":0,"full":false}'));
});

test('keys that come before the first rows are not lost', async () => {
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  const grid = screen.getByRole('grid');
  expect(screen.queryAllByRole('row')).toHaveLength(1);
  for (const key of ['Home', 'j', 'j', 'Enter']) fireEvent.keyDown(grid, { key });
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":2,"full":false}'));
});

test('Enter on a row that is not loaded yet reads it once it is', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await waitFor(() => expect(texts(bodyRows()[0])[0]).toBe('1'));
  screen.getByRole('grid').focus();
  await user.keyboard('j');
  fireEvent.keyDown(screen.getByRole('grid'), { key: 'End' });
  fireEvent.keyDown(screen.getByRole('grid'), { key: 'Enter' });
  expect(window.location.hash).not.toContain('reader');
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":999,"full":false}'));
});

test('a click on a head sorts, with Shift by a second key', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows });
  await waitFor(() => expect(texts(bodyRows()[0])[0]).toBe('1'));
  const head = (name: string): HTMLElement => screen.getByRole('button', { name });
  await user.click(head('reward'));
  await user.click(head('reward'));
  await waitFor(() => expect(texts(bodyRows()[0])[3]).toBe('1.000'));
  fireEvent.click(head('tokens'), { shiftKey: true });
  await waitFor(() => expect(texts(bodyRows()[0])[4]).toBe('11'));
  expect(screen.getAllByRole('columnheader').map((cell) => cell.getAttribute('aria-sort'))).toEqual([
    'none',
    'none',
    'none',
    'descending',
    'ascending',
  ]);
});

test('a draft fades what it would take out, without another page', async () => {
  const { asked } = await renderOnDataset(<RolloutTable compact={false} />, { rows, hash: '#draft="reward%20>=%200.5"' });
  await waitFor(() => expect(texts(bodyRows()[0])[0]).toBe('1'));
  expect(
    bodyRows()
      .slice(0, 8)
      .map((row) => row.dataset['faded'] === 'true'),
  ).toEqual([true, true, true, true, true, false, false, false]);
  expect(asked.some((call) => call.startsWith('rows.page') && call.includes('>= 0.5'))).toBe(false);
});

test('a filter that keeps nothing offers to go without each condition', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows, hash: '#filter=["agent%20=%20\\"a\\"","tokens%20>%205000"]' });
  await screen.findByText('No rollout matches both conditions');
  await screen.findByRole('button', { name: /Without.*agent is a\s*: 0/ });
  await user.click(await screen.findByRole('button', { name: /Without.*tokens > 5,000\s*: 500/ }));
  await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('501'));
});

test('limits that were reached are said where columns are chosen', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<RolloutTable compact={false} />, { rows, limits: ['More keys than columns.'] });
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  expect(await screen.findByText('More keys than columns.')).toBeTruthy();
});
