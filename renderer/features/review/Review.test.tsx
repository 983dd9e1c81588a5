import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { useSelected } from '../../state/use-view.tsx';
import { renderOnDataset } from '../../testing/render.tsx';
import { ReviewStrip } from './ReviewStrip.tsx';
import { RowMarks } from './RowMarks.tsx';
import { importWords, stepWords } from './step-words.ts';
import { useReview } from './use-review.ts';

const rows = [0, 0.2, 0.4].map((reward, index) => ({ line: index + 1, task: '0', agent: 'a', reward }));

function Page() {
  const review = useReview();
  const selected = useSelected();
  return (
    <>
      <RowMarks review={review} />
      <ReviewStrip review={review} onLeave={() => undefined} />
      <output data-testid="selected">{String(selected)}</output>
    </>
  );
}
const strip = (): HTMLElement => screen.getByRole('region', { name: 'Review' });

test('a star, tags and a note are kept, and the last of them can be taken back', async () => {
  const user = userEvent.setup();
  const { asked } = await renderOnDataset(<Page />, { rows, hash: '#selected=1' });
  await user.click(await screen.findByRole('button', { name: 'Star this rollout' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Star this rollout' }).getAttribute('aria-pressed')).toBe('true'));

  await user.click(screen.getByRole('button', { name: 'Add a tag' }));
  const input = within(strip()).getByRole('combobox', { name: 'Add a tag' });
  await waitFor(() => expect(document.activeElement).toBe(input));
  await user.keyboard('good{Enter}odd, good,');
  await waitFor(() => expect(screen.getByRole('button', { name: '2 tags' })).toBeTruthy());
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(screen.getByRole('button', { name: '1 tag' })).toBeTruthy());

  await user.click(screen.getByRole('button', { name: 'Write a note' }));
  await user.keyboard('first{Shift>}{Enter}{/Shift}second{Enter}');
  await screen.findByRole('button', { name: 'Read the note' });
  const sets = asked.filter((each) => each.startsWith('rollout.mark ')).map((each) => JSON.parse(each.slice('rollout.mark '.length)));
  expect(sets.map(({ row, set }) => [row, set])).toEqual([
    [1, { star: true }],
    [1, { tags: ['good'] }],
    [1, { tags: ['good', 'odd'] }],
    [1, { tags: ['good'] }],
    [1, { note: 'first\nsecond' }],
  ]);
  await user.click(within(strip()).getByRole('button', { name: 'Take the last mark back' }));
  await screen.findByRole('button', { name: 'Write a note' });
  expect(screen.getByRole('button', { name: '1 tag' })).toBeTruthy();
});

test('keys that follow at once build on each other, and a field takes the focus once', async () => {
  const user = userEvent.setup();
  const { asked } = await renderOnDataset(<Page />, { rows, hash: '#selected=2' });
  const tag = await screen.findByRole('button', { name: 'Add a tag' });
  await user.dblClick(screen.getByRole('button', { name: 'Star this rollout' }));
  await user.click(tag);
  await user.keyboard('a{Enter}b{Enter}c{Enter}');
  const sets = asked.filter((each) => each.startsWith('rollout.mark ')).map((each) => JSON.parse(each.slice('rollout.mark '.length)).set);
  expect(sets).toEqual([{ star: true }, { star: false }, { tags: ['a'] }, { tags: ['a', 'b'] }, { tags: ['a', 'b', 'c'] }]);
  await user.click(within(strip()).getByRole('button', { name: /^Next undecided/ }));
  await waitFor(() => expect(screen.getByTestId('selected').textContent).toBe('0'));
  expect(document.activeElement).not.toBe(within(strip()).getByRole('combobox', { name: 'Add a tag' }));
});

test('a note that is left with Esc is not kept, and the strip closes', async () => {
  const user = userEvent.setup();
  const { asked } = await renderOnDataset(<Page />, { rows, hash: '#selected=0' });
  await user.click(await screen.findByRole('button', { name: 'Write a note' }));
  await user.keyboard('no{Escape}');
  expect(screen.queryByRole('region', { name: 'Review' })).toBeNull();
  expect(asked.some((each) => each.startsWith('rollout.mark '))).toBe(false);
});

test('the next undecided rollout is selected, and what is left is said', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<Page />, { rows, hash: '#selected=0' });
  await user.click(await screen.findByRole('button', { name: 'Star this rollout' }));
  await user.click(screen.getByRole('button', { name: 'Add a tag' }));
  await user.click(within(strip()).getByRole('button', { name: /^Next undecided/ }));
  await waitFor(() => expect(screen.getByTestId('selected').textContent).toBe('1'));
  expect(within(strip()).getByRole('status').textContent).toContain('1 decided, 2 left');
  await user.click(within(strip()).getByRole('button', { name: 'By reward band' }));
  await waitFor(() => expect(screen.getByTestId('selected').textContent).toBe('2'));
  expect(within(strip()).getByRole('status').textContent).toContain('0 to 0.2');
});

test('where a review stands, in words', () => {
  expect(stepWords({ row: null, decided: 0, undecided: 0 })).toBe('No rollout matches.');
  expect(stepWords({ row: null, decided: 1200, undecided: 0 })).toBe('All 1,200 are decided.');
  expect(importWords({ added: 3, unchanged: 1, carriedOver: 0, lost: 2, unreadableLines: 1 })).toBe(
    '3 rollouts marked, 1 as before, 2 not here, 1 line unreadable.',
  );
  expect(importWords({ added: 1, unchanged: 0, carriedOver: 0, lost: 0, unreadableLines: 0 })).toBe('1 rollout marked.');
  expect(stepWords({ row: 3, decided: 1, undecided: 4, band: null })).toBe('1 decided, 4 left · without a value');
});
