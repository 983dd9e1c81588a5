import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import type { LinesProgress } from '#shared/model/job.ts';
import { CopyingProvider } from '../../data/copying-context.tsx';
import { toHash } from '../../state/hash.ts';
import { initialView, type ViewState } from '../../state/view-state.ts';
import { useView } from '../../state/use-view.tsx';
import { fakeHandlers } from '../../testing/fake-engine.ts';
import { giveLayout, showPanel, type FakeHandlers } from '../../testing/show-panel.tsx';
import { RolloutTable } from '../table/RolloutTable.tsx';
import { StatusBar } from './StatusBar.tsx';

beforeAll(giveLayout);

/** Filter, order and added columns of the view, and a filter and an order to ask for. */
function Choices() {
  const { view, dispatch } = useView();
  return (
    <>
      <output aria-label="View">{JSON.stringify([view.filter, view.sort, view.added])}</output>
      <button type="button" onClick={() => dispatch({ type: 'filter.add', condition: 'text ~ "slow"' })}>
        Look into texts
      </button>
      <button type="button" onClick={() => dispatch({ type: 'sort.set', sort: [{ column: 'prompt', descending: true }] })}>
        Sort by texts
      </button>
    </>
  );
}

const seen = (): unknown => JSON.parse(screen.getByLabelText('View').textContent);

async function show(view: Partial<ViewState>, handlers: FakeHandlers): Promise<void> {
  window.history.replaceState(null, '', `/${toHash({ ...initialView, ...view })}`);
  const panel = (
    <CopyingProvider>
      <Choices />
      <RolloutTable compact={false} />
      <StatusBar onStop={() => undefined} />
    </CopyingProvider>
  );
  await showPanel(panel, { ...fakeHandlers({ open: true }), ...handlers });
}

test.each([
  [{ bytesRead: 2_000_000, bytesTotal: 4_300_000_000, fingerprint: 'made' }, /^Reading 2.00 MB of 4.30 GB · 4,000 rollouts so far/],
  [
    { bytesRead: 4_300_000_000, bytesTotal: 4_300_000_000, fingerprint: 'made' },
    /^Read 4.30 GB · telling the tasks of 4,000 rollouts apart$/,
  ],
  // What has come of a pipe so far is all that is known of it.
  [{ bytesRead: 2_000_000, bytesTotal: 2_000_000, fingerprint: '' }, /^Reading 2.00 of 2.00 MB · 4,000 rollouts so far/],
])('how far reading is, and what is done after the last byte: %o', async (read, words) => {
  const base = fakeHandlers({ open: true });
  const open: FakeHandlers['dataset.open'] = async (input, context) => ({
    ...(await base['dataset.open'](input, context)),
    phase: 'reading',
    ...read,
  });
  await show({}, { 'dataset.open': open });
  await screen.findByText(words);
});

interface Told {
  readonly signal: AbortSignal;
  readonly progress: (progress: LinesProgress) => void;
}

/** Says how far it is, and never ends until it is given up. */
async function endless({ signal, progress }: Told, pass: LinesProgress['pass'], given: AbortSignal[]): Promise<never> {
  given.push(signal);
  progress({ pass, rowsDone: 1000, rowsTotal: 4000 });
  return await new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
}

test('lines are read for a condition: how far, and Cancel brings back the filter that could be answered', async () => {
  const given: AbortSignal[] = [];
  await show(
    { filter: ['reward >= 0.5'] },
    {
      'dataset.prepare': async ({ filter }, context) =>
        filter.some((condition) => condition.startsWith('text')) ? await endless(context, 'lines', given) : {},
    },
  );
  await userEvent.click(screen.getByRole('button', { name: 'Look into texts' }));
  await screen.findByText('Looking through the lines for the filter · 25%');
  expect(seen()).toEqual([['reward >= 0.5', 'text ~ "slow"'], [], []]);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(seen()).toEqual([['reward >= 0.5'], [], []]));
  expect(given).toHaveLength(1);
  expect(given[0]?.aborted).toBe(true);
  expect(screen.queryByText(/for the filter/)).toBeNull();
});

test('a filter of a link that takes long is given up as a whole', async () => {
  await show({ filter: ['text ~ "slow"'] }, { 'dataset.prepare': async (_, context) => await endless(context, 'hashes', []) });
  await screen.findByText('Telling prompts and answers apart for the filter · 25%');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(seen()).toEqual([[], [], []]));
});

test('sorting by texts that lie in the file says how far it is; Cancel sorts as before', async () => {
  const given: AbortSignal[] = [];
  await show(
    { sort: [{ column: 'reward', descending: false }] },
    { 'dataset.prepare': async ({ ordered }, context) => (ordered?.[0] === 'prompt' ? await endless(context, 'texts', given) : {}) },
  );
  await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-busy')).toBe('false'));
  await userEvent.click(screen.getByRole('button', { name: 'Sort by texts' }));
  await screen.findByText('Reading texts for the order · 25%');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(seen()).toEqual([[], [{ column: 'reward', descending: false }], []]));
  expect(given[0]?.aborted).toBe(true);
});

test('a column that a link adds is read with progress; Cancel leaves it out', async () => {
  const given: AbortSignal[] = [];
  await show({ added: ['metadata.difficulty'] }, { 'column.describe': async (_, context) => await endless(context, 'lines', given) });
  await screen.findByText('Looking through the lines for metadata.difficulty · 25%');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(seen()).toEqual([[], [], []]));
  expect(given[0]?.aborted).toBe(true);
  await waitFor(() => expect(screen.queryByText(/for metadata.difficulty/)).toBeNull());
});

test('copying says how far it is and can be stopped', async () => {
  const given: AbortSignal[] = [];
  const user = userEvent.setup();
  await show({}, { 'rows.copy': async (_, context) => await endless(context, 'lines', given) });
  const grid = await screen.findByRole('grid');
  await waitFor(() => expect(grid.getAttribute('aria-busy')).toBe('false'));
  grid.focus();
  await user.keyboard('jxj{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}');
  await screen.findByText(/^Copying \d rows · 25%$/);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByText(/^Copying/)).toBeNull());
  expect(given[0]?.aborted).toBe(true);
});
