import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderOnDataset } from '../../testing/render.tsx';
import { makeRows } from '../../testing/rows.ts';
import { FilterBar } from './FilterBar.tsx';

const chips = (): (string | null)[] =>
  screen.queryAllByTestId('chip').map((chip) => chip.querySelector('[data-chip]')?.textContent ?? null);

test('a typed line becomes chips, one a condition, and the count follows', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />);
  await waitFor(() => expect(screen.getByTestId('counts').textContent).toContain('4,000 of 4,000 rollouts'));
  await user.type(screen.getByRole('combobox'), 'turns < 3 and status = "completed"{Enter}');
  expect(chips()).toEqual(['turns < 3', 'status is completed']);
  await waitFor(() => expect(screen.getByTestId('counts').textContent).not.toContain('4,000 of 4,000'));

  await user.click(screen.getByRole('button', { name: 'Remove turns < 3' }));
  expect(chips()).toEqual(['status is completed']);
  await user.click(screen.getByRole('button', { name: 'Undo the filter' }));
  expect(chips()).toEqual(['turns < 3', 'status is completed']);
  await user.click(screen.getByRole('button', { name: 'Redo the filter' }));
  expect(chips()).toEqual(['status is completed']);
});

test('an error points at the character, keeps the line and the filter, and its offer mends it', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />, { hash: '#filter=["turns%20<%203"]' });
  await waitFor(() => expect(screen.getByTestId('counts')).toBeTruthy());
  const line = screen.getByRole<HTMLInputElement>('combobox');
  await user.type(line, 'turns > 0 and rewrd >= 0.5{Enter}');
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('No column "rewrd". Did you mean "reward"?');
  expect(alert.querySelector('pre')?.textContent).toBe(`turns > 0 and rewrd >= 0.5\n${' '.repeat(14)}^`);
  expect(chips()).toEqual(['turns < 3']);
  await user.click(screen.getByRole('button', { name: 'reward' }));
  expect(line.value).toBe('turns > 0 and reward >= 0.5');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('columns are completed by keyboard', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />);
  await waitFor(() => expect(screen.getByTestId('counts')).toBeTruthy());
  const line = screen.getByRole<HTMLInputElement>('combobox');
  await user.type(line, 'rew');
  expect(screen.getAllByRole('option').map((option) => option.firstChild?.textContent)).toContain('reward');
  await user.keyboard('{Tab}');
  expect(line.value).toBe('reward ');
});

test('a chip is changed in its place, as text and by its controls', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />, { hash: '#filter=["turns%20<%203","correct"]' });
  await user.click(await screen.findByRole('button', { name: 'turns < 3' }));
  const line = await screen.findByRole<HTMLInputElement>('combobox', { name: 'The condition as text' });
  await user.clear(line);
  await user.type(line, 'turns < 9{Enter}');
  expect(chips()).toEqual(['turns < 9', 'correct is true']);

  await user.click(screen.getByRole('button', { name: 'turns < 9' }));
  await user.type(await screen.findByRole('textbox', { name: 'turns at least' }), '2{Enter}');
  expect(chips()).toEqual(['(turns >= 2 and turns < 9)', 'correct is true']);
  await user.click(screen.getByRole('button', { name: 'correct is true' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Leave these out instead' }));
  await user.click(screen.getByRole('button', { name: 'Apply' }));
  expect(chips()[1]).toBe('correct is not true');
});

test('values are ticked under the counts that the other conditions leave, and say what they would keep', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />, { hash: `#filter=${encodeURIComponent(JSON.stringify(['agent = "mcqa"']))}` });
  const kept = makeRows(4000).filter(({ agent }) => agent === 'mcqa' || agent === 'gdpval').length;
  await user.click(await screen.findByRole('button', { name: 'agent is mcqa' }));
  const values = await screen.findByRole('list', { name: 'Values of agent' });
  await user.click(await within(values).findByRole('checkbox', { name: /gdpval/ }));
  await screen.findByText((_, element) => element?.textContent === `Keeps ${kept.toLocaleString('en-US')}; without it 4,000`);
  await user.click(screen.getByRole('button', { name: 'Apply' }));
  expect(chips()).toEqual(['agent is mcqa, gdpval']);
  await waitFor(() => expect(screen.getByTestId('counts').textContent).toContain(`${kept.toLocaleString('en-US')} of 4,000`));
});

test('each chip says how many would come back without it', async () => {
  await renderOnDataset(<FilterBar />, { hash: '#filter=["turns%20<%203","correct"]' });
  const rows = makeRows(4000);
  const kept = rows.filter(({ turns, correct }) => Number(turns) < 3 && correct === true).length;
  const without = [rows.filter(({ correct }) => correct === true).length, rows.filter(({ turns }) => Number(turns) < 3).length];
  await waitFor(() =>
    expect(screen.getAllByTestId('chip-back').map((each) => each.textContent)).toEqual(
      without.map((count) => `+${(count - kept).toLocaleString('en-US')}`),
    ),
  );
});

test('chips are reached, opened and removed by keyboard alone', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />, { hash: '#filter=["turns%20<%203","correct","line%20>%205"]' });
  screen.getByRole('combobox').focus();
  await user.keyboard('{ArrowLeft}');
  expect(document.activeElement?.textContent).toBe('line > 5');
  await user.keyboard('{ArrowLeft}{Delete}');
  expect(chips()).toEqual(['turns < 3', 'line > 5']);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('line > 5'));
  await user.keyboard('{Enter}');
  await screen.findByRole('form', { name: 'Change line > 5' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('form', { name: 'Change line > 5' })).toBeNull();
  expect(chips()).toEqual(['turns < 3', 'line > 5']);
});

test('values of a column are proposed in quotes, counted', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />);
  await waitFor(() => expect(screen.getByTestId('counts')).toBeTruthy());
  await user.type(screen.getByRole('combobox'), 'agent = "mat');
  const option = await screen.findByRole('option');
  const count = makeRows(4000).filter(({ agent }) => agent === 'math_with_judge').length;
  expect(option.textContent).toBe(`math_with_judge${count.toLocaleString('en-US')}`);
  await user.keyboard('{Tab}{Enter}');
  expect(chips()).toEqual(['agent is math_with_judge']);
});

test('a condition that the dataset cannot answer is marked', async () => {
  await renderOnDataset(<FilterBar />, { hash: '#filter=["nosuch%20>%201"]' });
  await waitFor(() => expect(screen.getByTestId('chip').dataset['problem']).toBe('true'));
  expect(screen.getByRole('button', { name: 'nosuch > 1' }).title).toContain('No column "nosuch"');
});
