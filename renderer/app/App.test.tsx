import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { ClientProvider, type Call } from '../data/client.tsx';
import { fakeCall, fakeHandlers, type FakeOptions } from '../testing/fake-engine.ts';
import { makeRows } from '../testing/rows.ts';
import { App } from './App.tsx';
import { theme } from './theme.ts';
import { shapeOf } from './use-remembered.ts';

beforeEach(() => {
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/');
});

function show(options: FakeOptions = {}, call: Call = fakeCall(fakeHandlers({ rows: makeRows(200), ...options }))): void {
  render(
    <MantineProvider env="test" theme={theme}>
      <ClientProvider call={call}>
        <App />
      </ClientProvider>
    </MantineProvider>,
  );
}

test('a recent dataset is chosen and opened by keyboard, and closed again', async () => {
  const user = userEvent.setup();
  show();
  (await screen.findByRole('listbox', { name: 'Recent' })).focus();
  await user.keyboard('{ArrowDown}{Enter}');
  await screen.findByRole('grid', { name: 'Rollouts' });
  await waitFor(() => expect(screen.getByTestId('counts').textContent).toContain('200 of 200 rollouts'));
  await user.click(screen.getByRole('button', { name: /made_rollouts\.jsonl/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Close' }));
  await screen.findByRole('listbox', { name: 'Recent' });
});

test('what the command line named is open at once, in the view of the address', async () => {
  window.history.replaceState(null, '', '/#filter=["correct"]');
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  expect(screen.getByTestId('chip').textContent).toContain('correct is true');
});

test('a link made on another dataset says so, and applies nothing until it is asked to', async () => {
  const user = userEvent.setup();
  window.history.replaceState(null, '', '/#data=other&filter=["correct"]');
  show({ open: true });
  await screen.findByText(/made on another file/);
  expect(screen.queryByTestId('chip')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Use them here' }));
  expect(screen.getByTestId('chip').textContent).toContain('correct is true');
  expect(screen.queryByText(/made on another file/)).toBeNull();
  expect(window.location.hash).toContain('data=made');
});

test('a file that cannot be opened is said where it was chosen', async () => {
  const user = userEvent.setup();
  const inner = fakeCall(fakeHandlers());
  const failing: Call = (method, input, options) =>
    method === 'dataset.open'
      ? Promise.reject(new AppError('not-rollouts', 'This file has no JSON lines.'))
      : inner(method, input, options);
  show({}, failing);
  await user.click(await screen.findByRole('button', { name: 'Open sample' }));
  expect((await screen.findByRole('alert')).textContent).toBe('This file has no JSON lines.');
});

test('keys lead through the lenses and show themselves', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('2');
  expect(screen.getByRole('tab', { name: 'Problems' }).getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{Escape}');
  expect(screen.getByRole('tab', { name: 'Rollouts' }).getAttribute('aria-selected')).toBe('true');
  await user.keyboard('?');
  screen.getByRole('dialog', { name: 'Keys' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog', { name: 'Keys' })).toBeNull();
});

test('the shape of a dataset has at most 32 bars and loses no rollout', () => {
  const all = Array.from({ length: 100 }, (_, index) => index);
  const shape = shapeOf({ edges: Array.from({ length: 101 }, (_, index) => index), all });
  expect(shape?.counts.length).toBeLessThanOrEqual(32);
  expect(shape?.counts.reduce((sum, count) => sum + count, 0)).toBe(4950);
  expect(shape).toMatchObject({ min: 0, max: 100 });
});
