import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderOnDataset } from '../../testing/render.tsx';
import { FilterBar } from './FilterBar.tsx';

const chips = (): (string | null)[] => screen.queryAllByTestId('chip').map((chip) => chip.textContent);

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

test('a click on a chip rewrites it in its place', async () => {
  const user = userEvent.setup();
  await renderOnDataset(<FilterBar />, { hash: '#filter=["turns%20<%203","correct"]' });
  await user.click(await screen.findByRole('button', { name: 'turns < 3' }));
  const line = screen.getByRole<HTMLInputElement>('combobox');
  expect(line.value).toBe('turns < 3');
  await user.clear(line);
  await user.type(line, 'turns < 9{Enter}');
  expect(chips()).toEqual(['turns < 9', 'correct is true']);
});

test('a condition that the dataset cannot answer is marked', async () => {
  await renderOnDataset(<FilterBar />, { hash: '#filter=["nosuch%20>%201"]' });
  await waitFor(() => expect(screen.getByTestId('chip').dataset['problem']).toBe('true'));
  expect(screen.getByRole('button', { name: 'nosuch > 1' }).title).toContain('No column "nosuch"');
});
