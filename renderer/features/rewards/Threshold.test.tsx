import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { useView } from '../../state/use-view.tsx';
import type { ViewState } from '../../state/view-state.ts';
import { renderOnDataset } from '../../testing/render.tsx';
import { Rail } from './Rail.tsx';

/** Five tasks of four rollouts. */
const rewards = [0, 0, 0.2, 1, 0, 0.4, 0.45, 0.6, 0.1, 0.1, 0.1, 0.1, 0.5, 0.7, 0.9, 1, 0, 0.05, 0.3, 0.8];
const rows = rewards.map((reward, index) => ({
  line: index + 1,
  task: String(Math.floor(index / 4)),
  agent: index % 3 === 0 ? 'a' : 'b',
  tokens: 10 * (index + 1),
  reward,
}));

function Shown() {
  const { view } = useView();
  return <output>{JSON.stringify(view)}</output>;
}
const shown = (): ViewState => JSON.parse(screen.getByTestId('shown').textContent ?? '{}');

async function openRail(hash = '', width: 'wide' | 'narrow' = 'wide', metric = 'reward'): Promise<string[]> {
  const { asked } = await renderOnDataset(
    <>
      <Rail width={width} onWidth={() => undefined} onKeys={() => undefined} />
      <div data-testid="shown">
        <Shown />
      </div>
    </>,
    { rows, hash },
  );
  await screen.findByRole('slider', { name: `${metric} at least` });
  return asked;
}

/** The cells of a row of the consequences. */
async function cellsOf(title: string): Promise<string[]> {
  const table = await screen.findByTestId('consequences');
  const row = within(table)
    .getAllByRole('row')
    .find((each) => within(each).queryByRole('rowheader', { name: new RegExp(`^${title}`) }) !== null);
  return within(row ?? table)
    .getAllByRole('cell')
    .map((cell) => (cell.textContent ?? '').trim());
}

const kept = (test: (reward: number) => boolean): number => rewards.filter(test).length;
/** Tasks of which the kept rewards differ by the margin, the better from the mark on and the worse below it where there is one. */
function tasksWithPair(test: (reward: number) => boolean, margin: number, mark = Number.NaN): number {
  return [0, 1, 2, 3, 4].filter((task) => {
    const own = rewards.slice(4 * task, 4 * task + 4).filter(test);
    const divided = (better: number, worse: number): boolean => Number.isNaN(mark) || (better >= mark && worse < mark);
    return own.some((better) => own.some((worse) => better > worse && better - worse >= margin && divided(better, worse)));
  }).length;
}

test('figures before and after the draft: signal, pairs at the margin, labels', async () => {
  await openRail('#draft="reward >= 0.4"');
  const atLeast = (reward: number): boolean => reward >= 0.4;
  await waitFor(async () => expect((await cellsOf('Rollouts')).slice(0, 2)).toEqual(['20', String(kept(atLeast))]));
  const pairs = [tasksWithPair(() => true, 0.1), tasksWithPair(atLeast, 0.1)].map(String);
  expect((await cellsOf('Preference pairs')).slice(0, 2)).toEqual(pairs);
  expect((await cellsOf('KTO positives')).slice(0, 2)).toEqual([String(kept((r) => r >= 0.5)), String(kept((r) => r >= 0.5))]);
  expect((await cellsOf('KTO negatives')).slice(0, 2)).toEqual([String(kept((r) => r < 0.5)), String(kept((r) => r >= 0.4 && r < 0.5))]);
});

test('another margin counts other pairs', async () => {
  const user = userEvent.setup();
  await openRail('#draft="reward >= 0.4"');
  const margin = await screen.findByRole('textbox', { name: 'Least difference of a pair' });
  await user.clear(margin);
  await user.type(margin, '0.55');
  expect(shown().margin).toBe(0.55);
  const pairs = [tasksWithPair(() => true, 0.55), tasksWithPair((r) => r >= 0.4, 0.55)].map(String);
  await waitFor(async () => expect((await cellsOf('Preference pairs')).slice(0, 2)).toEqual(pairs));
});

test('a floor that takes the signal away is warned of, and the offers take its place', async () => {
  const user = userEvent.setup();
  await openRail('#draft="reward >= 0.75"');
  const warning = await screen.findByRole('note');
  expect(warning.textContent).toContain('removes the failing siblings');
  await user.click(within(warning).getByRole('button', { name: 'split chosen / rejected' }));
  expect(shown().draft).toBe('group.max >= 0.75 and group.min < 0.75');
  await user.click(screen.getByRole('radio', { name: 'Keep ≥ 0.75' }));
  expect(shown().draft).toBe('reward >= 0.75');
  await user.click(await screen.findByRole('button', { name: 'Keep whole groups with signal' }));
  expect(shown().draft).toBe('group.signal');
  await user.click(screen.getByRole('button', { name: 'Use as filter' }));
  expect(shown()).toMatchObject({ filter: ['group.signal'], draft: null });
});

test('less than three quarters lost is no warning', async () => {
  await openRail('#draft="reward >= 0.4"');
  await waitFor(async () => expect(await cellsOf('Groups with signal')).toEqual(['4', '2', '50%']));
  expect(screen.queryByRole('note')).toBeNull();
});

test('a split asks for pairs across the threshold, and its handle goes on splitting', async () => {
  const user = userEvent.setup();
  const asked = await openRail('#draft="group.max >= 0.5 and group.min < 0.5"');
  const handle = screen.getByRole('slider', { name: 'reward at least' });
  expect(handle.getAttribute('aria-valuetext')).toBe('0.500');
  await waitFor(() => expect(asked.some((each) => each.startsWith('selection.summary') && each.includes('"passMark":0.5'))).toBe(true));
  handle.focus();
  await user.keyboard('{ArrowRight}');
  const { draft } = shown();
  expect(draft).toMatch(/^group\.max >= 0\.\d+ and group\.min < 0\.\d+$/);
  await user.keyboard('{Enter}');
  expect(shown().filter).toEqual(draft?.split(' and '));
  expect(shown().passMark).toBe(Number(/[\d.]+$/.exec(draft ?? '')?.[0]));
});

test('any metric splits, and only its own handle goes on with it', async () => {
  const user = userEvent.setup();
  const asked = await openRail('#metric="tokens"&draft="tokens >= 100"', 'wide', 'tokens');
  await user.click(await screen.findByRole('radio', { name: 'Split chosen / rejected' }));
  expect(shown().draft).toBe('group.max(tokens) >= 100 and group.min(tokens) < 100');
  await waitFor(() => expect(asked.some((each) => each.startsWith('selection.summary') && each.includes('"passMark":100'))).toBe(true));
  screen.getByRole('slider', { name: 'tokens at least' }).focus();
  await user.keyboard('{ArrowRight}');
  expect(shown().draft).toMatch(/^group\.max\(tokens\) >= 1\d\d and group\.min\(tokens\) < 1\d\d$/);
  await user.click(screen.getByRole('radio', { name: /^Keep ≥ 1\d\d$/ }));
  expect(shown().draft).toMatch(/^tokens >= 1\d\d$/);
});

test('two thresholds stand side by side, and change places', async () => {
  const user = userEvent.setup();
  await openRail('#draft="reward >= 0.4"');
  await user.click(await screen.findByRole('button', { name: 'Hold ≥ 0.4 and try another' }));
  const input = screen.getByRole('textbox', { name: 'reward at least' });
  await user.clear(input);
  await user.type(input, '0.9');
  const [low, high] = [kept((r) => r >= 0.4), kept((r) => r >= 0.9)];
  await waitFor(async () => {
    const cells = await cellsOf('Rollouts');
    expect(cells.map((cell) => Number.parseInt(cell, 10))).toEqual([20, low, high]);
  });
  expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(
    expect.arrayContaining(['≥ 0.4, held', '≥ 0.9, the draft']),
  );
  await user.click(screen.getByRole('button', { name: 'Go on from ≥ 0.4' }));
  expect(shown()).toMatchObject({ draft: 'reward >= 0.4', rival: 'reward >= 0.9' });
  await user.click(screen.getByRole('button', { name: 'Stop comparing' }));
  expect(shown().rival).toBeNull();
});

test('for the export only: the view stays, and the condition can be taken back', async () => {
  const user = userEvent.setup();
  await openRail('#draft="reward >= 0.4"');
  await user.click(await screen.findByRole('button', { name: 'Use for export only' }));
  expect(shown()).toMatchObject({ filter: [], draft: null, exportOnly: ['reward >= 0.4'] });
  const held = screen.getByRole('region', { name: 'For the export only' });
  expect(held.textContent).toContain('reward ≥ 0.4');
  await user.click(within(held).getByRole('button', { name: 'Remove reward >= 0.4 from the export' }));
  expect(shown().exportOnly).toEqual([]);
});

test('a moved handle asks each view once at most', async () => {
  const user = userEvent.setup();
  const asked = await openRail('#draft="reward >= 0.75"&rival="reward >= 0.1"&against="tokens"&stack="agent"');
  await screen.findByRole('note');
  await screen.findByTestId('scatter');
  const before = asked.length;
  screen.getByRole('slider', { name: 'reward at least' }).focus();
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked.slice(before).map((each) => each.split(' ')[0])).toEqual(['selection.summary']);
});

test('a double click on a handle asks for its number', async () => {
  const user = userEvent.setup();
  await openRail();
  await user.dblClick(screen.getByRole('slider', { name: 'reward at most' }));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'reward at most' }));
});
