import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { Neighbour } from '#shared/model/neighbour.ts';
import { ClientProvider, type Call } from '../data/client.tsx';
import { fakeCall, fakeHandlers, type FakeOptions } from '../testing/fake-engine.ts';
import { makeRows } from '../testing/rows.ts';
import { keyEntry, keyIds } from '../ui/key-table.ts';
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
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  await screen.findByRole('listbox', { name: 'Recent' });
});

test('what the command line named is open at once, in the view of the address', async () => {
  window.history.replaceState(null, '', '/#filter=["correct"]');
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  expect(screen.getByTestId('chip').textContent).toContain('correct is true');
});

test('buttons that open something say so, also those with a tooltip', async () => {
  const user = userEvent.setup();
  window.history.replaceState(null, '', '/#rail="wide"');
  show({ open: true });
  await screen.findByRole('button', { name: 'Chart options' });
  const opens = (name: string): string | null => screen.getByRole('button', { name }).getAttribute('aria-haspopup');
  expect(['Theme', 'Columns', 'Copy and save', 'Chart options'].map(opens)).toEqual(['menu', 'dialog', 'menu', 'dialog']);
  await user.click(screen.getByRole('button', { name: 'Theme' }));
  await screen.findByRole('menuitem', { name: 'Dark' });
  expect(screen.getByRole('button', { name: 'Theme' }).getAttribute('aria-expanded')).toBe('true');
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
  await user.keyboard('4');
  expect(screen.getByRole('tab', { name: /^Problems/ }).getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{Escape}');
  expect(screen.getByRole('tab', { name: /^Rollouts/ }).getAttribute('aria-selected')).toBe('true');
  await user.keyboard('?');
  screen.getByRole('dialog', { name: 'Keys' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog', { name: 'Keys' })).toBeNull();
});

test('the palette finds an action by its words, shows what is now, and runs it by keyboard', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('{Control>}k{/Control}');
  const line = screen.getByRole('combobox', { name: 'Search text, line, task, command' });
  expect(document.activeElement).toBe(line);
  await user.keyboard('sort reward high');
  expect(screen.getAllByRole('option')[0]?.textContent).toContain('Sort by reward, highest first');
  await user.keyboard('{Enter}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('sort=[{"column":"reward","descending":true}]'));

  // The last query is still there, selected: typing replaces it.
  await user.keyboard('{Control>}k{/Control}');
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Search text, line, task, command' }).value).toBe('sort reward high');
  await user.keyboard('pass mark 0.75{Enter}');
  await waitFor(() => expect(window.location.hash).toContain('passMark=0.75'));
});

test('a line, a task and a condition are gone to from the palette', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('{Control>}k{/Control}:150');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.hash).toContain('selected=149'));
  await user.keyboard('{Control>}k{/Control}#12');
  await screen.findByText('8 rollouts');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByTestId('counts').textContent).toContain('8 of 200'));
  await user.keyboard('{Control>}k{/Control}turns < 3{Enter}');
  await waitFor(() => expect(screen.getAllByTestId('chip')).toHaveLength(2));
  await user.keyboard('{Control>}k{/Control}:9999{Enter}');
  await screen.findByText(/has no line 9,999/);
});

test('Tab lists what else can be done with a column', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('{Control>}k{/Control}agent');
  await user.keyboard('{Tab}{ArrowDown}{ArrowUp}{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Add a condition' })));
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Add a condition' }).value).toBe('agent ');
});

test('a pasted link opens its view, and one of another file is asked about', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('http://localhost:3000/#data=made&filter=["correct"]');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByTestId('chip').textContent).toContain('correct is true'));
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('#data=other&metric="turns"');
  expect(screen.getByRole('option').textContent).toContain('made on another file');
  await user.keyboard('{Enter}');
  await screen.findByText(/made on another file/);
  expect(screen.queryByTestId('chip')).toBeNull();
});

test('every key of the frame is listed once in the help, and no two mean different things in one place', async () => {
  const seen = new Map<string, string>();
  for (const id of keyIds) {
    for (const key of keyEntry(id).keys) {
      const place = `${keyEntry(id).scope} ${key}`;
      expect(seen.get(place), place).toBeUndefined();
      seen.set(place, id);
    }
  }
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('?');
  const help = screen.getByRole('dialog', { name: 'Keys' });
  expect(help.querySelectorAll('dt')).toHaveLength(keyIds.length);
});

test('the shape of a dataset has at most 32 bars and loses no rollout', () => {
  const all = Array.from({ length: 100 }, (_, index) => index);
  const shape = shapeOf({ edges: Array.from({ length: 101 }, (_, index) => index), all });
  expect(shape?.counts.length).toBeLessThanOrEqual(32);
  expect(shape?.counts.reduce((sum, count) => sum + count, 0)).toBe(4950);
  expect(shape).toMatchObject({ min: 0, max: 100 });
});

test('a search shows its evidence, opens the reader at it, and can become a condition', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('/the email is{Enter}');
  const wanted = makeRows(200).filter(({ answer }) => answer === 'The email is gone.');
  await screen.findByText(`${wanted.length} hits in ${wanted.length} rollouts`);
  const hits = screen.getByRole('listbox', { name: 'Hits' });
  expect(hits.querySelector('[role=option] mark')?.textContent).toBe('The email is');
  await waitFor(() => expect(document.activeElement).toBe(hits));
  await user.keyboard('j{Enter}');
  await waitFor(() => expect(window.location.hash).toContain(`"row"%3A${Number(wanted[1]?.line) - 1}`.replaceAll('"', '%22')));
  const find = await screen.findByRole<HTMLInputElement>('searchbox', { name: 'Find in this conversation' });
  await waitFor(() => expect(find.value).toBe('The email is'));
  // The answer is the fifth message: the link names it.
  await waitFor(() => expect(window.location.hash).toContain('message=4'));

  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('listbox', { name: 'Hits' })));
  await user.click(screen.getByRole('button', { name: 'Keep only these' }));
  expect(screen.getByTestId('chip').textContent).toContain('conversation contains the email is');
  await screen.findByRole('grid', { name: 'Rollouts' });
});

test('a search that finds nothing says where it looked', async () => {
  const user = userEvent.setup();
  window.history.replaceState(
    null,
    '',
    '/#filter=["correct"]&search={"text":"nowhere","regex":false,"ignoreCase":true,"scopes":["messages"]}',
  );
  show({ open: true });
  await screen.findByText('Nothing says “nowhere”');
  await user.click(screen.getByRole('button', { name: 'Search all rollouts' }));
  expect(screen.queryByTestId('chip')).toBeNull();
});

test('a view gets a name, is come back to, and its removal can be undone', async () => {
  const user = userEvent.setup();
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await user.keyboard('f');
  await user.type(screen.getByRole('combobox', { name: 'Add a condition' }), 'turns < 3{Enter}');
  await user.click(screen.getByRole('button', { name: 'Views' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name of this view' }), 'short ones{Enter}');
  await user.click(screen.getByRole('button', { name: 'Remove turns < 3' }));
  expect(screen.queryByTestId('chip')).toBeNull();

  await user.keyboard('{Control>}k{/Control}short{Enter}');
  await waitFor(() => expect(screen.getByTestId('chip').textContent).toContain('turns < 3'));
  await user.click(screen.getByRole('button', { name: 'short ones' }));
  await user.click(await screen.findByRole('button', { name: 'Remove the view short ones' }));
  expect(screen.queryByRole('list', { name: 'Saved views' })?.childElementCount).toBe(0);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('list', { name: 'Saved views' }).childElementCount).toBe(1);
});

test('a link brings columns, metric, order and the rollout that is read', async () => {
  window.history.replaceState(
    null,
    '',
    `/#columns=${encodeURIComponent('["line","reward","model"]')}&metric="turns"&sort=[{"column":"turns","descending":true}]`,
  );
  show({ open: true });
  await screen.findByRole('grid', { name: 'Rollouts' });
  await waitFor(() => {
    const heads = screen.getAllByRole('columnheader').map((head) => head.getAttribute('data-column') ?? head.textContent ?? '');
    expect(heads.some((head) => head.includes('model'))).toBe(true);
    expect(heads.some((head) => head.includes('agent'))).toBe(false);
  });
});

test('what lies beside the files is listed with what it says, and can be switched off', async () => {
  const user = userEvent.setup();
  const neighbour: Neighbour = {
    kind: 'failures',
    file: 'made_rollouts.jsonl',
    name: 'made_rollouts_failures.jsonl',
    bytes: 2048,
    modifiedAt: '2026-01-01T00:00:00Z',
    stale: true,
    enabled: true,
    failures: { attempts: 5, failed: 2, recovered: 1, classes: { judge_failed: 3, timeout_exceeded: 2 } },
  };
  let enabled = true;
  const base = fakeHandlers({ rows: makeRows(200), open: true });
  const handlers: typeof base = {
    ...base,
    'dataset.neighbours': async () => ({ neighbours: [{ ...neighbour, enabled }] }),
    'dataset.setNeighbour': async (input, context) => {
      enabled = input.enabled;
      return base['dataset.stop']({ dataset: input.dataset }, context);
    },
  };
  show({}, fakeCall(handlers));
  await user.click(await screen.findByRole('button', { name: /made_rollouts\.jsonl/ }));
  await screen.findByText('5 attempts failed: 2 rollouts for good, 1 came later.');
  screen.getByText('judge_failed 3 · timeout_exceeded 2');
  screen.getByText('It may be of an earlier run.');
  await user.click(screen.getByRole('switch', { name: 'Join made_rollouts_failures.jsonl' }));
  await screen.findByText('Not joined.');
});

test('a file that changed under the index says so, and is read again in the same view', async () => {
  const user = userEvent.setup();
  window.history.replaceState(null, '', '/#filter=["correct"]');
  const base = fakeHandlers({ rows: makeRows(200), open: true });
  let opened = 0;
  const changed: typeof base = {
    ...base,
    'dataset.open': async (input, context) => {
      opened++;
      return { ...(await base['dataset.open'](input, context)), dataset: `d${opened}`, fingerprint: `made${opened}` };
    },
    'dataset.watch': async (input, context) => {
      const state = await base['dataset.watch'](input, context);
      const dataset = { ...state, dataset: input.dataset, fingerprint: `made${opened}` };
      return opened === 1 ? { ...dataset, notices: ['made_rollouts.jsonl was replaced by another file.'] } : dataset;
    },
  };
  show({}, fakeCall(changed));
  await screen.findByText(/The file changed\./);
  await user.click(screen.getByRole('button', { name: 'Read again' }));
  await waitFor(() => expect(screen.queryByText(/The file changed\./)).toBeNull());
  expect(opened).toBe(2);
  expect(screen.getByTestId('chip').textContent).toContain('correct is true');
  expect(screen.queryByText(/made on another file/)).toBeNull();
});

test('rows that a followed file brings are counted until they are gone to', async () => {
  const user = userEvent.setup();
  const base = fakeHandlers({ rows: makeRows(200), open: true });
  let grow: () => void = () => undefined;
  const grown = new Promise<void>((resolve) => (grow = resolve));
  const following: typeof base = {
    ...base,
    'dataset.watch': async (input, context) => {
      const state = await base['dataset.watch'](input, context);
      const early = { ...state, rows: 188, lines: 188, following: true, version: 1 };
      context.progress(early);
      await grown;
      context.progress({ ...early, rows: 200, lines: 200, growing: true, version: 2 });
      await new Promise(() => undefined);
      return state;
    },
  };
  show({}, fakeCall(following));
  await screen.findByText(/^Indexed 188 lines/);
  grow();
  await screen.findByText('Following the file ·');
  await user.click(await screen.findByRole('button', { name: '12 new rows' }));
  await waitFor(() => expect(window.location.hash).toContain('selected=188'));
  expect(screen.queryByRole('button', { name: '12 new rows' })).toBeNull();
});
