import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { useView } from '../../state/use-view.tsx';
import { renderOnDataset } from '../../testing/render.tsx';
import { Rail } from './Rail.tsx';

const rows = [0, 0.2, 0.4, 0.6, 0.8, 1, null, 0.1].map((reward, index) => ({
  line: index + 1,
  task: String(index % 2),
  agent: index < 4 ? 'a' : 'b',
  tokens: 10,
  reward,
}));

function Shown() {
  const { view } = useView();
  return <output>{JSON.stringify({ filter: view.filter, draft: view.draft })}</output>;
}

async function openRail(options: { hash?: string; rows?: typeof rows } = {}): Promise<void> {
  await renderOnDataset(
    <>
      <Rail width="wide" onWidth={() => undefined} onKeys={() => undefined} />
      <Shown />
    </>,
    { rows, ...options },
  );
  await screen.findByRole('slider', { name: 'reward at least' });
}
const shown = (): { filter: string[]; draft: string | null } => JSON.parse(screen.getByRole('status').textContent ?? '{}');
const slider = (name: string): HTMLElement => screen.getByRole('slider', { name });

test('arrow keys make a draft, Enter makes it a filter', async () => {
  const user = userEvent.setup();
  await openRail();
  slider('reward at least').focus();
  await user.keyboard('{ArrowRight}');
  // Seven values, a bin each: one step leaves the lowest out.
  expect(shown()).toEqual({ filter: [], draft: 'reward >= 0.1' });
  expect(slider('reward at least').getAttribute('aria-valuetext')).toBe('0.100');
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
  expect(shown().draft).toBe('reward >= 0.2');
  await user.keyboard('{Enter}');
  expect(shown()).toEqual({ filter: ['reward >= 0.2'], draft: null });
});

test('both handles bound a range, Shift moves ten bins, back at the end there is no draft', async () => {
  const user = userEvent.setup();
  await openRail();
  slider('reward at least').focus();
  await user.keyboard('{ArrowRight}');
  slider('reward at most').focus();
  await user.keyboard('{ArrowLeft}');
  expect(shown().draft).toBe('reward between 0.1 and 0.8');
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(shown().draft).toBe('reward >= 0.1');
  slider('reward at least').focus();
  await user.keyboard('{Home}');
  expect(shown().draft).toBeNull();
});

test('a handle moves the range that the filter has', async () => {
  const user = userEvent.setup();
  await openRail({ hash: '#filter=["agent%20=%20\\"a\\"","reward%20>=%200.4"]' });
  slider('reward at least').focus();
  expect(slider('reward at least').getAttribute('aria-valuetext')).toBe('0.400');
  await user.keyboard('{ArrowLeft}{Enter}');
  expect(shown().filter).toEqual(['agent = "a"', 'reward >= 0.2']);
});

test('consequences compare before and after', async () => {
  const user = userEvent.setup();
  await openRail();
  await user.type(screen.getByRole('textbox', { name: 'reward at least' }), '0.5');
  const table = await screen.findByTestId('consequences');
  const row = (name: string): string | null => within(table).getByRole('row', { name: new RegExp(`^${name}`) }).textContent;
  await waitFor(() => expect(row('Rollouts')).toMatch(/8.*3.*38%/));
  expect(row('Tasks covered')).toMatch(/2.*2.*100%/);
  expect(row('Output tokens')).toMatch(/80.*30.*38%/);
  expect(row('Groups with signal')).toMatch(/2.*1.*50%/);
  await user.click(screen.getByRole('button', { name: /Discard/ }));
  expect(shown().draft).toBeNull();
});

test('nulls are counted apart, and a click keeps only them', async () => {
  const user = userEvent.setup();
  await openRail();
  await user.click(screen.getByRole('button', { name: /null 1/ }));
  expect(shown().filter).toEqual(['null reward']);
});

test('a facet filters by a tick', async () => {
  const user = userEvent.setup();
  await openRail();
  const facet = await screen.findByRole('region', { name: 'agent' });
  expect(facet.textContent).toContain('a4');
  await user.click(within(facet).getByRole('checkbox', { name: /^b/ }));
  expect(shown().filter).toEqual(['agent = "b"']);
});
