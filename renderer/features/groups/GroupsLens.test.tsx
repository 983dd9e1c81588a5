import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { GroupsProvider } from '../../data/groups-context.tsx';
import { renderOnDataset } from '../../testing/render.tsx';
import { GroupsLens } from './GroupsLens.tsx';
import { GroupsRail } from './GroupsRail.tsx';

/** 500 tasks of four rollouts; of every third one all rewards are equal. */
const rows = Array.from({ length: 2000 }, (_, index) => {
  const task = Math.floor(index / 4);
  const rollout = index % 4;
  return {
    line: index + 1,
    task: String(task),
    rollout,
    agent: task % 2 === 0 ? 'a' : 'b',
    tokens: 100 + index,
    prompt: `prompt ${task}`,
    answer: `answer ${index}`,
    reward: task % 3 === 0 ? 1 : rollout <= task % 4 ? 1 : 0,
  };
});
const lens = (
  <GroupsProvider>
    <GroupsLens compact={false} />
  </GroupsProvider>
);
const grid = (): HTMLElement => screen.getByRole('treegrid', { name: 'Groups' });
const tasks = (): HTMLElement[] => screen.getAllByRole('row').filter((row) => row.hasAttribute('aria-expanded'));
const texts = (row: HTMLElement | undefined): (string | null)[] =>
  [...(row?.querySelectorAll('[role=gridcell]') ?? [])].map((cell) => cell.textContent);
const shown = async (hash = ''): Promise<{ asked: string[] }> => {
  const result = await renderOnDataset(lens, { rows, hash: `#lens="groups"&${hash}` });
  await waitFor(() => expect(texts(tasks()[0])[1]).toBe('0'));
  return result;
};

test('one row a task, those in view only, with its figures', async () => {
  await shown();
  expect(grid().getAttribute('aria-rowcount')).toBe('501');
  expect(tasks().length).toBeLessThan(60);
  const [, , agent, , size, mean, std, state] = texts(tasks()[2]);
  expect([agent, size, mean, std, state]).toEqual(['a', '4', '0.750', '0.500', 'alive']);
  expect(texts(tasks()[0])).toContain('dead');
  expect(
    within(tasks()[1] as HTMLElement)
      .getByRole('img')
      .getAttribute('aria-label'),
  ).toBe('1.000, 1.000, 0.000, 0.000');
});

test('a head sorts: ascending, descending, as in the files', async () => {
  await shown();
  const std = screen.getByRole('button', { name: 'std' });
  const first = (): string | null | undefined => texts(tasks()[0])[1];
  await userEvent.click(std);
  await userEvent.click(std);
  await waitFor(() => expect(first()).toBe('1'));
  expect(std.closest('[role=columnheader]')?.getAttribute('aria-sort')).toBe('descending');
  expect(decodeURIComponent(window.location.hash)).toContain('"by":"std","descending":true');
  await userEvent.click(std);
  await waitFor(() => expect(first()).toBe('0'));
  expect(std.closest('[role=columnheader]')?.getAttribute('aria-sort')).toBe('none');
});

test('keys walk tasks and the rollouts of the open one; Enter reads', async () => {
  const user = userEvent.setup();
  await shown();
  grid().focus();
  await user.keyboard('jj{ArrowRight}');
  await screen.findByText('rollout 3');
  expect(grid().getAttribute('aria-rowcount')).toBe('507');
  expect(tasks()[1]?.getAttribute('aria-expanded')).toBe('true');
  await user.keyboard('{ArrowRight}jj');
  await waitFor(() => expect(screen.getByRole('row', { selected: true }).getAttribute('aria-level')).toBe('2'));
  expect(texts(screen.getByRole('row', { selected: true }))).toEqual(['rollout 2', '0.000', '−0.87', '−0.50', '106', 'answer 6']);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":6,'));
  await user.keyboard('{ArrowLeft}');
  expect(screen.getByRole('row', { selected: true }).getAttribute('aria-level')).toBe('1');
  await user.keyboard('{ArrowLeft}');
  await waitFor(() => expect(screen.queryByText('rollout 3')).toBeNull());
});

test('Enter on a task reads its best rollout; keys reach tasks that are not loaded', async () => {
  const user = userEvent.setup();
  await shown();
  grid().focus();
  await user.keyboard('{End}');
  await waitFor(() => expect(texts(screen.getByRole('row', { selected: true }))[1]).toBe('499'));
  await user.keyboard('{Home}j{Enter}');
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":4,'));
});

test('a click on a cell of a strip reads that rollout', async () => {
  await shown();
  fireEvent.click(within(tasks()[1] as HTMLElement).getByTitle('rollout 2: 0.000'));
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain('reader={"row":6,'));
});

test('a link brings order, open task and its rollouts back', async () => {
  await renderOnDataset(lens, { rows, hash: '#lens="groups"&groups={"by":"mean","descending":true,"open":5}' });
  await screen.findByText('answer 4');
  // The tasks may come after the rollouts of the open one.
  await waitFor(() => expect(texts(tasks().find((row) => row.getAttribute('aria-expanded') === 'true'))[1]).toBe('1'));
});

test('signal only and pass rate are conditions of the filter', async () => {
  await shown();
  await userEvent.click(screen.getByRole('button', { name: 'Signal only' }));
  expect(decodeURIComponent(window.location.hash)).toContain('filter=["group.signal"]');
  await userEvent.click(screen.getByRole('button', { name: 'Pass rate 20–80%' }));
  expect(decodeURIComponent(window.location.hash)).toContain('"group.passed / group.size between 0.2 and 0.8"');
  await userEvent.click(screen.getByRole('button', { name: 'Signal only' }));
  expect(decodeURIComponent(window.location.hash)).not.toContain('group.signal');
});

test('the task alone: its key and agent become conditions', async () => {
  await shown('groups={"open":8}');
  await userEvent.click(await screen.findByRole('button', { name: 'Use only this task' }));
  expect(decodeURIComponent(window.location.hash)).toContain('filter=["task = \\"2\\"","agent = \\"a\\""]');
});

test('a draft on a figure fades groups; it asks for no other page', async () => {
  const { asked } = await shown('draft="`group.mean` >= 0.6"');
  await waitFor(() =>
    expect(
      tasks()
        .slice(0, 3)
        .map((row) => row.dataset['faded'] === 'true'),
    ).toEqual([false, true, false]),
  );
  expect(asked.some((call) => call.startsWith('groups.page') && call.includes('group.mean'))).toBe(false);
});

test('advantage over the deviation or less the mean alone', async () => {
  await shown();
  const cells = (): (string | null)[] => texts(tasks()[1]);
  expect(cells()).toContain('−0.87 … +0.87');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Advantage' }), 'mean only');
  await waitFor(() => expect(cells()).toContain('−0.50 … +0.50'));
});

test('the rail: which groups carry a signal, and what other sizes would do', async () => {
  await renderOnDataset(
    <GroupsProvider>
      <GroupsRail wide={false} head={null} />
    </GroupsProvider>,
    { rows, hash: '#lens="groups"' },
  );
  const dead = rows.filter(({ rollout, task }) => rollout === 0 && (Number(task) % 3 === 0 || Number(task) % 4 === 3)).length;
  const signal = await screen.findByRole('region', { name: 'Signal' });
  expect(within(signal).getByRole('row', { name: /mixed/ }).textContent).toContain(String(500 - dead));
  expect(within(signal).getByRole('row', { name: /alike, pass/ }).textContent).toContain(String(dead));
  const sizes = await screen.findByRole('region', { name: 'Dead groups to expect' });
  expect(within(sizes).getByRole('row', { name: /G = 16/ }).textContent).toContain('extrapolated for all of 500 tasks');
  expect(within(sizes).getByRole('row', { name: /G = 4/ }).textContent).not.toContain('extrapolated');
  const agents = screen.getByRole('region', { name: 'By agent' });
  expect(within(agents).getAllByRole('row').length).toBe(3);
  await userEvent.type(screen.getByRole('textbox', { name: 'tolerance' }), '0.5{Enter}');
  expect(decodeURIComponent(window.location.hash)).toContain('"tolerance":0.5');
});

test('without task indices it says what groups them, and offers another field or equal prompts', async () => {
  const unnamed = rows.map((row, index) => ({ ...row, rollout: null, problem_id: `p${index % 7}`, topic: index % 2 }));
  await renderOnDataset(lens, { rows: unnamed, hash: '#lens="groups"' });
  const status = await screen.findByText(/Rollouts have no task index/);
  expect(status.textContent).toBe('Rollouts have no task index. They are grouped by problem_id. Group by:');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by another field' }), 'topic');
  await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('3'));
  expect(decodeURIComponent(window.location.hash)).toContain('filter=["group by topic"]');
  await userEvent.click(await screen.findByRole('button', { name: 'problem_id (7 values)' }));
  await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('8'));
  await userEvent.click(screen.getByRole('button', { name: 'equal prompt' }));
  expect(decodeURIComponent(window.location.hash)).toContain('filter=["group by prompt"]');
  await userEvent.click(screen.getByRole('button', { name: 'as before' }));
  await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('501'));
});

test('the head is reached by Tab: sorting and the kind of advantage need no mouse', async () => {
  const user = userEvent.setup();
  await shown();
  grid().focus();
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'task' }));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(texts(tasks()[0])[1]).toBe('499'));
  screen.getByRole('combobox', { name: 'k of pass@k' }).focus();
  await user.tab();
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Advantage' }));
});
