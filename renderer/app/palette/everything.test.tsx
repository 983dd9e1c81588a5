import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { ClientProvider } from '../../data/client.tsx';
import { fakeCall, fakeHandlers } from '../../testing/fake-engine.ts';
import { madeTargets } from '../../testing/made-export.ts';
import { makeRows } from '../../testing/rows.ts';
import { keyEntry, keyIds } from '../../ui/key-table.ts';
import { App } from '../App.tsx';
import { theme } from '../theme.ts';

beforeEach(() => {
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/');
});

async function show(hash = ''): Promise<ReturnType<typeof userEvent.setup>> {
  window.history.replaceState(null, '', `/#${hash}`);
  render(
    <MantineProvider env="test" theme={theme}>
      <ClientProvider
        call={fakeCall({
          ...fakeHandlers({ rows: makeRows(200), open: true }),
          'export.targets': async () => ({ targets: [...madeTargets] }),
        })}
      >
        <App />
      </ClientProvider>
    </MantineProvider>,
  );
  await screen.findByTestId('counts');
  return userEvent.setup();
}

/** Opens a menu, or a pane: what is in it is done elsewhere, or under its own name. */
const opens = null;

/** Steps of the conversation are buttons named by what they say: j, k and folding go over them. */
const content = '[aria-label=Conversation], [aria-label=Outline]';

/** What each button of a screen is called, and what one types in the palette to do the same. A button without a line here fails. */
const buttons: readonly (readonly [button: RegExp, query: string | null])[] = [
  // The frame.
  [/^made_rollouts\.jsonl/, opens],
  [/^Search/, opens],
  [/^Theme$/, 'dark theme'],
  [/^More$/, opens],
  [/^Export$/, 'go to export'],
  [/^(Rollouts|Groups|Problems) [\d,]+$/, 'go to groups'],
  [/^Undo the filter$/, 'undo the last change'],
  [/^Redo the filter$/, 'redo the change'],
  [/^Views$/, opens],
  [/^Remove turns < 9$/, 'remove turns'],
  [/^turns < 9$/, 'change turns'],
  [/^Wider rail$/, 'rail wider'],
  [/^Narrower rail$/, 'rail narrower'],
  [/^Chart options$/, 'chart options'],
  [/^Scatter chart$/, 'draw reward against turns'],
  [/^Open the rail$/, 'rail wider'],
  [/^Keys$/, 'show all keys'],
  [/^Without /, 'remove turns'],
  // A draft.
  [/^Discard the draft/, 'discard the draft'],
  [/^Discard/, 'discard the draft'],
  [/^Use as filter$/, 'use the draft as a filter'],
  [/^(Export only|Use for export only)$/, 'draft export only'],
  [/^Hold .* and try another$/, 'hold and try another'],
  [/^Keep whole groups with signal$/, 'keep whole groups'],
  [/^split chosen \/ rejected$/, 'split chosen rejected'],
  [/^no (upper|lower) bound$/, opens],
  // The table.
  [/^Columns$/, 'choose the columns'],
  [/^Copy and save$/, 'save the view as csv'],
  [/^Menu of /, 'pin agent'],
  [/^.+: [\d,]+\. Click to filter$/, 'tick agent math'],
  [/^[a-z_]+( descending| ascending)?$/, 'sort by tokens highest'],
  // Groups.
  [/^Signal only/, 'filter groups whose rewards differ'],
  [/^Pass rate 20–80%$/, 'pass rate from 20'],
  [/^(Open|Close) task /, 'open the task'],
  [/^(task|agent|n|mean|std|signal|range|pass@\d+|advantage|missing)$/, 'sort tasks by mean'],
  // Problems.
  [/^(Only these|Leave out|Filter in|Filter out|Show only these|All again)/, 'only rollouts with the chosen problem'],
  [/^line /i, opens],
  // The reader.
  [/^Copy link$/, 'copy link'],
  [/^rollout \d+: /, 'next rollout of the task'],
  [/^Previous rollout$/, 'previous rollout'],
  [/^Next rollout$/, 'next rollout'],
  [/^Full width$/, 'full width'],
  [/^Close the reader$/, 'close the reader'],
  [/^Star this rollout$/, 'star the selected'],
  [/^Add a tag$/, 'tag the selected'],
  [/^Write a note$/, 'write a note'],
  [/^(Conversation|Metrics|Problems|Raw JSON)/, 'reader metrics'],
  [/^(System|Reasoning|Tools) \d+$/, 'hide reasoning'],
  [/^reward[\d.]+$/, 'rail wider'],
  [/^(null|missing) \d+$/, 'only where reward is'],
];

test.each([
  ['rollouts', 'filter=["turns < 9"]'],
  ['a draft', 'filter=["turns < 9"]&draft="reward >= 0.5"'],
  ['a wide rail', 'rail="wide"'],
  ['the reader', 'selected=3&reader={"row":3,"full":false}'],
])('every button of %s is found in the palette', async (_, hash) => {
  const user = await show(hash);
  if (hash.includes('reader')) await screen.findByRole('button', { name: 'Star this rollout' });
  const names = new Set(
    (await screen.findAllByRole('button'))
      .filter((each) => !each.hasAttribute('disabled') && each.closest(content) === null)
      .map((each) => nameOf(each)),
  );
  const unknown = [...names].filter((name) => !buttons.some(([pattern]) => pattern.test(name)));
  expect(unknown).toEqual([]);
  const queries = new Set([...names].flatMap((name) => buttons.find(([pattern]) => pattern.test(name))?.[1] ?? []));
  await expectFound(user, [...queries]);
});

function nameOf(button: HTMLElement): string {
  const text = button.getAttribute('aria-label') ?? (button.textContent ?? '').trim();
  return text === '' ? button.title : text;
}

async function expectFound(user: ReturnType<typeof userEvent.setup>, queries: readonly string[]): Promise<void> {
  await user.keyboard('{Control>}k{/Control}');
  const line = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search text, line, task, command' });
  for (const query of queries) {
    await user.clear(line);
    await user.click(line);
    await user.paste(query);
    expect(screen.queryByRole('group', { name: 'Commands' }), query).not.toBeNull();
  }
}

test('every key that does something is in the palette while its pane is on screen', async () => {
  const user = await show('selected=3&reader={"row":3,"full":false}');
  await screen.findByRole('button', { name: 'Star this rollout' });
  const titles = keyIds
    .map((id) => ({ id, ...keyEntry(id) }))
    .filter((entry) => (entry.scope === 'everywhere' || entry.scope === 'list' || entry.scope === 'reader') && !('moves' in entry))
    .filter(
      ({ id }) =>
        !['palette', 'undo', 'redo', 'open', 'open.folder', 'sort.reward', 'threshold', 'filter.signal', 'rail.narrower'].includes(id),
    )
    .map(({ title }) => title);
  expect(titles.length).toBeGreaterThan(20);
  await expectFound(user, titles);
});

test('columns are shown, hidden and pinned from the palette; each has all of it behind Tab', async () => {
  const user = await show();
  const heads = (): string[] => screen.getAllByRole('columnheader').map((head) => head.textContent ?? '');
  await screen.findByRole('columnheader', { name: /^agent/ });
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('hide the column agent');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(heads().some((head) => head.includes('agent'))).toBe(false));
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('show the column agent');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(heads().some((head) => head.includes('agent'))).toBe(true));
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('tokens');
  await user.keyboard('{Tab}');
  const more = within(screen.getByRole('group', { name: 'tokens' })).getAllByRole('option');
  const said = more.map((option) => option.getAttribute('aria-label') ?? '');
  for (const words of ['distribution of tokens', 'Filter by tokens', 'highest first', 'Pin tokens', 'Hide the column', 'in numbers']) {
    expect(
      said.some((text) => text.includes(words)),
      words,
    ).toBe(true);
  }
});

test('every target and choice of rows is an export that the palette opens', async () => {
  const user = await show();
  await user.keyboard('{Control>}k{/Control}');
  await user.paste('export for sft');
  const options = await waitFor(() => {
    const found = within(screen.getByRole('group', { name: 'Commands' })).getAllByRole('option');
    expect(found.length).toBeGreaterThan(0);
    return found;
  });
  expect(options[0]?.textContent).toContain('Export for');
  await user.keyboard('{Enter}');
  await screen.findByRole('region', { name: 'Export' });
});

test('a line beyond the last is answered in words, and the last one offered', async () => {
  const user = await show();
  await user.keyboard('{Control>}k{/Control}:999999');
  expect(screen.getByRole('option').textContent).toContain('made_rollouts.jsonl has no line 999,999');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.hash).toContain('selected=199'));
  await user.keyboard('{Control>}k{/Control}:150{Tab}');
  await user.keyboard('{ArrowDown}{Enter}');
  await screen.findByRole('region', { name: 'Reader' });
});
