import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Cell } from '#shared/model/cell.ts';
import { useView } from '../../state/use-view.tsx';
import type { ViewState } from '../../state/view-state.ts';
import { renderOnDataset } from '../../testing/render.tsx';
import type { FakeRow } from '../../testing/rows.ts';
import { Rail } from './Rail.tsx';

function Shown() {
  const { view } = useView();
  return <output data-testid="shown">{JSON.stringify(view)}</output>;
}
const shown = (): ViewState => JSON.parse(screen.getByTestId('shown').textContent ?? '{}');

async function openRail(rows: readonly FakeRow[], hash = '') {
  return await renderOnDataset(
    <>
      <Rail width="wide" onWidth={() => undefined} onKeys={() => undefined} />
      <Shown />
    </>,
    { rows, hash },
  );
}
const made = Array.from({ length: 24 }, (_, index) => ({
  line: index + 1,
  task: String(index % 6),
  agent: ['a', 'b', 'c'][index % 3] ?? '',
  status: index % 8 === 0 ? 'incomplete' : 'completed',
  tokens: 100 + ((index * 37) % 24),
  reward: index / 23,
}));

test('bins and the values that divide the bars are asked for, and kept in the link', async () => {
  const user = userEvent.setup();
  const { asked } = await openRail(made);
  await user.click(await screen.findByRole('button', { name: 'Chart options' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Bins' }), '40 of one width');
  await waitFor(() => expect(asked.some((each) => each.includes('"binning":{"kind":"count","bins":40}'))).toBe(true));
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('radio', { name: 'Agent' }));
  await waitFor(() => expect(asked.some((each) => each.startsWith('column.histogram') && each.includes('"by":"agent"'))).toBe(true));
  expect(window.location.hash).toContain('bins=40');
  expect(window.location.hash).toContain('stack=%22agent%22');
});

test('a part of the axis: bins over it alone, what lies beyond is counted, and all of it again', async () => {
  const user = userEvent.setup();
  const many = Array.from({ length: 60 }, (_, index) => ({ line: index + 1, task: '0', agent: 'a', reward: index / 59 }));
  const { asked } = await openRail(many);
  const plot = (await screen.findByRole('slider', { name: 'reward at least' })).parentElement;
  if (plot === null) throw new Error('no plot');
  plot.dispatchEvent(new WheelEvent('wheel', { deltaY: -400, clientX: 0, bubbles: true, cancelable: true }));
  await screen.findByRole('button', { name: 'Whole axis' });
  expect(shown().zoom?.of).toEqual([0, 1]);
  await waitFor(() => expect(asked.some((each) => each.startsWith('column.histogram') && each.includes('"kind":"edges"'))).toBe(true));
  await user.click(screen.getByRole('button', { name: 'Whole axis' }));
  expect(shown().zoom).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Chart options' }));
  await user.type(screen.getByRole('textbox', { name: 'Axis from' }), '0.25');
  expect(shown().zoom).toEqual({ min: 0.25, max: 1, of: [0, 1] });
});

test('the pass mark can be typed, and emptied again', async () => {
  const user = userEvent.setup();
  await openRail(made);
  await user.click(await screen.findByRole('button', { name: 'Chart options' }));
  const input = screen.getByRole('textbox', { name: 'Pass mark' });
  await user.type(input, '0.75');
  expect(shown().passMark).toBe(0.75);
  expect(shown().filter).toEqual([]);
  await user.clear(input);
  expect(shown().passMark).toBeNull();
});

test('the scatter chart counts cells, says what it does not draw, and bounds both columns', async () => {
  const user = userEvent.setup();
  await openRail([...made, { line: 25, task: '1', agent: 'a', status: 'completed', reward: 0.5 }]);
  await user.click(await screen.findByRole('button', { name: 'Scatter chart' }));
  const chart = await screen.findByRole('region', { name: 'reward against tokens' });
  await waitFor(() => expect(chart.textContent).toContain('1 not drawn'));
  const table = within(chart).getByRole('table', { name: /^Rollouts by reward and tokens/ });
  const counts = within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => Number(within(row).getAllByRole('cell').at(-1)?.textContent));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(24);
  await user.type(screen.getByRole('textbox', { name: 'tokens at most' }), '110');
  await user.type(screen.getByRole('textbox', { name: 'reward at least' }), '0.25');
  expect(shown().draft).toBe('tokens <= 110 and reward >= 0.25');
  await user.keyboard('{Enter}');
  expect(shown().filter).toEqual(['tokens <= 110', 'reward >= 0.25']);
});

const odd: [string, Cell[]][] = [
  ['one value', [3, 3, 3]],
  ['one row', [0.5]],
  ['the ends of float64', [-1e308, 0, 1e308]],
  ['far from the rest', [-100, 0, 1, 19.4]],
  ['numbers, texts and nulls', [1, 'high', null, 0.5, 'low']],
  ['booleans', [true, false, true]],
];
test.each(odd)('a metric of %s is drawn without a number that is none', async (_, values) => {
  const user = userEvent.setup();
  const rows = values.map((reward, index) => ({ line: index + 1, task: '0', agent: 'a', tokens: index, reward }));
  const { container } = await openRail(rows, '#against="tokens"');
  const handle = await screen.findByRole('slider', { name: 'reward at least' });
  await screen.findByTestId('scatter');
  handle.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}{End}{Home}');
  expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
  const table = screen.getByRole('table', { name: 'Rollouts by reward' });
  const counted = within(table)
    .getAllByRole('cell')
    .reduce((sum, cell) => sum + Number(cell.textContent), 0);
  const texts = values.filter((value) => typeof value === 'string').length;
  expect(counted).toBe(values.length - texts);
});

test('a dataset whose metric is missing in every row has no chart, and its facets stay', async () => {
  await openRail([
    { task: '0', agent: 'a', status: 'x' },
    { task: '0', agent: 'b', status: 'y' },
  ]);
  expect(await screen.findByRole('region', { name: 'agent' })).toBeTruthy();
  expect(screen.queryByRole('slider', { name: /at least/ })).toBeNull();
});
