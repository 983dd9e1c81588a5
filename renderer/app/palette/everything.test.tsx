import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { ClientProvider } from '../../data/client.tsx';
import { fakeCall, fakeHandlers } from '../../testing/fake-engine.ts';
import { exportSteps } from '../../state/export-choices.ts';
import { withMadePanels } from '../../testing/made-handlers.ts';
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
      <ClientProvider call={fakeCall(withMadePanels(fakeHandlers({ rows: makeRows(200), open: true })))}>
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
  [/^Use only this task$/, 'use only task'],
  // Problems.
  [/^(Only these|Leave out|Filter in|Filter out|Show only these|All again)/, 'only rollouts with the chosen problem'],
  [/^line /i, opens],
  [/^\d+\S*response\./, opens],
  // The export. The step that one is on needs no way there.
  [/^\d?Rows/, 'export: rows'],
  [/^\d?Target/, 'export: target'],
  [/^Mappings$/, 'name this mapping'],
  [/^\d?Mapping/, 'export: mapping'],
  [/^\d?Sampling/, 'export: sampling'],
  [/^\d?Preview/, 'export: preview'],
  [/^\d?Run/, 'export: run'],
  [/^Back$/, 'export: step'],
  [/^From a recipe$/, 'export from a recipe'],
  [/^Leave the export$/, 'leave the export'],
  [/^(Own fields|Rollouts)$/, 'export for custom'],
  [/^Show them$/, opens],
  [/^Copy the command$/, 'copy the command'],
  [/^Copy the example$/, 'copy the example'],
  [/^Choose: Chat template$/, 'choose a file: chat template'],
  [/^Choose: Tokenizer$/, 'choose a file: tokenizer'],
  [/^Next example$/, 'next example'],
  [/^Read the rollout$/, 'read the rollout'],
  [/^Choose a folder$/, 'choose the folder of the export'],
  [/^Export/, 'export now'],
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
  [/^Preference pair$/, 'take it as the chosen one'],
  [/^(Conversation|Metrics|Problems|Raw JSON)/, 'reader metrics'],
  [/^(System|Reasoning|Tools) [\d,]+$/, 'hide reasoning'],
  [/^reward[\d.]+$/, 'rail wider'],
  [/^(null|missing) \d+$/, 'only where reward is'],
];

/** Each lens as it may stand, and a button or a part of the screen that is there once it does. */
const screens: readonly (readonly [name: string, hash: string, stands: () => Promise<unknown>])[] = [
  ['rollouts', 'filter=["turns < 9"]', () => screen.findByRole('button', { name: /^Remove turns/ })],
  ['a draft', 'filter=["turns < 9"]&draft="reward >= 0.5"', () => screen.findAllByRole('button', { name: /^Discard/ })],
  ['a wide rail', 'rail="wide"', () => screen.findByRole('button', { name: 'Narrower rail' })],
  ['the reader', 'selected=3&reader={"row":3,"full":false}', () => screen.findByRole('button', { name: 'Star this rollout' })],
  ['groups', 'lens="groups"', () => screen.findAllByRole('button', { name: /^Open task/ })],
  ['a task that is open', 'lens="groups"&groups={"open":8}', () => screen.findByRole('button', { name: /^Close task/ })],
  ['problems', 'lens="problems"', () => screen.findByRole('listbox', { name: 'Rules that found something' })],
  [
    'a problem of rollouts',
    'lens="problems"&problem="response/truncated"',
    () => screen.findByRole('button', { name: /^Show only these|^Show all/ }),
  ],
  ...exportSteps.map((step): (typeof screens)[number] => [
    `the step ${step} of an export`,
    `lens="export"&export={"step":"${step}"}`,
    () => screen.findByRole('group', { name: 'What is left after each step' }),
  ]),
];

test.each(screens)('every button of %s is found in the palette', async (_, hash, stands) => {
  const user = await show(hash);
  await stands();
  const names = new Set(
    (await screen.findAllByRole('button'))
      .filter((each) => !each.hasAttribute('disabled') && !each.hasAttribute('aria-current') && each.closest(content) === null)
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
    // Over what stands there: a line that is empty in between would draw every command.
    line.select();
    await user.paste(query);
    expect(line.value).toBe(query);
    expect(screen.queryByRole('group', { name: 'Commands' }), query).not.toBeNull();
  }
}

/** What one types on a screen, and what the address says once it is done. */
const done: readonly (readonly [screen: string, query: string, address: string | RegExp])[] = [
  ['groups', 'sort tasks by mean', '"by":"mean"'],
  ['groups', 'as the advantage', '"advantage":"centred"'],
  ['groups', 'pass rate from 20', /filter=\["group\./],
  ['groups', 'groups whose rewards differ', /filter=\["group\./],
  ['groups', 'open the task', '"open":'],
  ['groups', 'go to problems', 'lens="problems"'],
  ['a task that is open', 'use only task', /filter=\[/],
  ['a task that is open', 'close the task', /^(?!.*"open")/],
  ['a problem of rollouts', 'keep only rollouts with the chosen problem', /filter=\["problem ..response\/truncated/],
  ['a problem of rollouts', 'leave rollouts with the chosen problem out', /filter=\["not problem ..response\/truncated/],
  ['a problem of rollouts', 'show all rollouts with', /filter=\["problem ..response\/truncated/],
  ['problems', 'go to rollouts', /^(?!.*lens=)/],
  ['the step rows of an export', 'export the starred', '"rows":"starred"'],
  ['the step rows of an export', 'export all rollouts', '"rows":"all"'],
  ['the step rows of an export', 'export: preview', '"step":"preview"'],
  ['the step target of an export', 'export for custom', '"target":"custom/'],
  ['the step mapping of an export', 'leave the export', /^(?!.*lens=)/],
];

test.each(done)('on the screen %s, “%s” does what it says', async (name, query, address) => {
  const [, hash = '', stands] = screens.find(([each]) => each === name) ?? [];
  const user = await show(hash);
  await stands?.();
  await user.keyboard('{Control>}k{/Control}');
  await user.paste(query);
  const first = within(screen.getByRole('group', { name: 'Commands' })).getAllByRole('option')[0];
  for (const word of query.split(' ')) expect(first?.getAttribute('aria-label')?.toLowerCase()).toContain(word);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toMatch(address));
});

test('what cannot be done with the chosen problem is not offered', async () => {
  const user = await show('lens="problems"');
  await screen.findByRole('listbox', { name: 'Rules that found something' });
  await user.keyboard('{Control>}k{/Control}>');
  await user.paste('chosen problem');
  expect(screen.queryByRole('group', { name: 'Commands' })).toBeNull();
});

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
