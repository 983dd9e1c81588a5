import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { parseExpression } from '#shared/model/expression/index.ts';
import { makeRows } from '../../testing/rows.ts';
import { renderOnDataset } from '../../testing/render.tsx';
import { useView } from '../../state/use-view.tsx';
import { BandTable } from './BandTable.tsx';
import { binBands, sideBands } from './hit-bands.ts';
import { SearchPane } from './SearchPane.tsx';

const pattern = { text: 'sequences', regex: false, ignoreCase: true, scopes: ['messages' as const] };

function Pane() {
  const { view } = useView();
  return (
    <>
      <SearchPane pattern={pattern} compact={false} onRead={() => undefined} />
      <output data-testid="filter">{JSON.stringify(view.filter)}</output>
    </>
  );
}

test('hits are told by passed and failed, as counted one by one; a band is kept by a click', async () => {
  await renderOnDataset(<Pane />, { hash: '#metric="reward"' });
  const rows = makeRows(4000);
  const says = rows.filter(({ prompt, answer }) => `${String(prompt)}\n${String(answer)}`.toLowerCase().includes('sequences'));
  const passed = (of: typeof rows) => of.filter(({ reward }) => typeof reward === 'number' && reward >= 0.5).length;
  const failed = (of: typeof rows) => of.filter(({ reward }) => typeof reward === 'number' && reward < 0.5).length;
  expect(passed(says)).toBeGreaterThan(0);
  const table = await screen.findByTestId('hit-bands');
  const row = (name: RegExp) => within(table).getByRole('row', { name });
  const share = (few: number, all: number): string => `${few.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`;
  expect(row(/passed, reward ≥ 0\.5/).textContent).toContain(share(passed(says), passed(rows)));
  expect(row(/failed, reward < 0\.5/).textContent).toContain(share(failed(says), failed(rows)));
  await userEvent.click(within(row(/passed/)).getByRole('button'));
  expect(screen.getByTestId('filter').textContent).toBe('["reward >= 0.5"]');
});

const bands = {
  metric: 'a b',
  passMark: 0.5,
  passed: { searched: 6, rows: 3, hits: 7 },
  failed: { searched: 4, rows: 1, hits: 1 },
  without: { searched: 0, rows: 0, hits: 0 },
};

test('rollouts without the metric have a band where there are some', () => {
  expect(sideBands(bands).map(({ side, condition }) => [side, condition])).toEqual([
    ['passed', '`a b` >= 0.5'],
    ['failed', '`a b` < 0.5'],
  ]);
  const without = sideBands({ ...bands, without: { searched: 2, rows: 0, hits: 0 } })[2];
  expect(without?.side).toBe('without');
  expect(parseExpression(without?.condition ?? '').kind).toBe('not');
});

test('bins are drawn where pass and fail do not say it all, with a twin in numbers; many become few', async () => {
  const edges = Array.from({ length: 41 }, (_, at) => at);
  const binned = { ...bands, bins: { edges, bands: edges.slice(1).map((at) => ({ searched: 10, rows: at % 3, hits: at })) } };
  expect(binBands({ ...bands, bins: { edges: [0, 0.5, 1], bands: [bands.failed, bands.passed] } })).toEqual([]);
  const bins = binBands(binned);
  expect(bins).toHaveLength(20);
  expect(bins[0]).toMatchObject({ low: 0, high: 2, searched: 20, rows: 3, hits: 3, condition: '`a b` >= 0 and `a b` < 2' });
  expect(bins.at(-1)?.condition).toBe('`a b` >= 38 and `a b` <= 40');
  for (const { condition } of bins) parseExpression(condition);
  const kept: string[] = [];
  const { container } = render(<BandTable bands={binned} onKeep={(condition) => kept.push(condition)} />);
  const twin = screen.getByRole('table', { name: 'Hits by bins of a b' });
  expect(within(twin).getAllByRole('row')).toHaveLength(21);
  expect(within(twin).getByRole('row', { name: /^0 to 2/ }).textContent).toContain('3 of 20');
  await userEvent.click(container.querySelector('svg g') ?? document.body);
  expect(kept).toEqual(['`a b` >= 0 and `a b` < 2']);
});
