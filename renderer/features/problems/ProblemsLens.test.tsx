import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { InvalidLine, Problem } from '#shared/model/problem.ts';
import { useProblems } from '../../data/problems-context.tsx';
import { giveLayout, showPanel } from '../../testing/show-panel.tsx';
import { ProblemsLens } from './ProblemsLens.tsx';

beforeAll(giveLayout);
beforeEach(() => window.history.replaceState(null, '', '/'));

const words = { meaning: 'What it means.', remedy: 'What to do.', examples: [] };
const problems: Problem[] = [
  { rule: 'json/invalid', severity: 'error', count: 700, rows: 700, title: 'Line is not JSON', ...words },
  { rule: 'json/placeholder', severity: 'error', count: 1, rows: 1, title: 'Placeholder line', ...words },
  {
    rule: 'response/truncated',
    severity: 'warning',
    count: 3,
    rows: 2,
    title: 'Answer cut at the token limit',
    ...words,
    examples: [{ path: 'a.jsonl', line: 12, at: 'response.incomplete_details', message: 'max_output_tokens' }],
  },
];
function line(rule: string, index: number): InvalidLine {
  return {
    row: 3 * index,
    file: 'a.jsonl',
    line: 3 * index + 1,
    offset: 2,
    byteOffset: 0,
    rule,
    message: `reason ${index}`,
    preview: '{"a',
  };
}
const handlers = {
  'problems.list': async () => ({ problems, rules: 34, asked: 34 }),
  'problems.lines': async ({ rule = '', range }: { rule?: string | undefined; range: { start: number; end: number } }) => {
    const total = { 'json/invalid': 700, 'json/placeholder': 1 }[rule] ?? 0;
    const indices = Array.from({ length: Math.max(0, Math.min(range.end, total) - range.start) }, (_, index) => range.start + index);
    return { total, lines: indices.map((index) => line(rule, index)) };
  },
};

test('rules stand worst first with meaning and remedy of the chosen one; keys walk them', async () => {
  await showPanel(<ProblemsLens onRead={() => undefined} />, handlers);
  await screen.findByRole('heading', { name: 'Line is not JSON' });
  expect(
    screen
      .getAllByRole('option')
      .slice(0, 3)
      .map((option) => option.textContent),
  ).toEqual(['Line is not JSONjson/invalid700', 'Placeholder linejson/placeholder1', 'Answer cut at the token limitresponse/truncated2']);
  expect(document.activeElement).toBe(screen.getByRole('listbox', { name: 'Rules that found something' }));
  await userEvent.keyboard('j');
  await screen.findByRole('heading', { name: 'Placeholder line' });
  expect(screen.getByText('What to do.')).toBeTruthy();
});

test('the lines of a rule: only those in view are there, Enter reads one', async () => {
  const read: number[] = [];
  await showPanel(<ProblemsLens onRead={(row) => read.push(row)} />, handlers);
  await screen.findByText('reason 0');
  expect(screen.getAllByText(/^reason/).length).toBeLessThan(100);
  screen.getByRole('listbox', { name: 'Lines' }).focus();
  await userEvent.keyboard('jj{Enter}');
  expect(read).toEqual([6]);
});

test('a rule about rollouts shows its examples', async () => {
  const read: number[] = [];
  await showPanel(<ProblemsLens onRead={(row) => read.push(row)} />, handlers);
  await userEvent.click(await screen.findByRole('option', { name: /Answer cut/ }));
  await userEvent.click(await screen.findByRole('button', { name: /max_output_tokens/ }));
  await waitFor(() => expect(read).toEqual([11]));
  expect(screen.getByText('and 1 more line')).toBeTruthy();
  expect(screen.getByText('3 findings')).toBeTruthy();
});

test('i and o put the chosen rule into the filter, one in the place of the other; not where its lines are no rollouts', async () => {
  await showPanel(<ProblemsLens onRead={() => undefined} />, handlers);
  const rules = await screen.findByRole('listbox', { name: 'Rules that found something' });
  rules.focus();
  await screen.findByText('reason 0');
  expect(screen.queryByRole('button', { name: /^Leave out/ })).toBeNull();
  await userEvent.keyboard('{End}');
  await screen.findByRole('button', { name: 'Leave out 2 rows' });
  await userEvent.keyboard('o');
  expect(screen.getByRole('button', { name: 'Left out: bring back' }).getAttribute('aria-pressed')).toBe('true');
  await userEvent.keyboard('i');
  expect(screen.getByRole('button', { name: 'Only these: show all' }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByRole('button', { name: 'Leave out 2 rows' }).getAttribute('aria-pressed')).toBe('false');
  await userEvent.keyboard('i');
  expect(screen.getByRole('button', { name: 'Show only these' }).getAttribute('aria-pressed')).toBe('false');
});

test('a search through all lines says how far it is, is given up and taken up again; two panes ask once', async () => {
  const ends: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const report: ((rowsDone: number) => void)[] = [];
  const Asking = () => <output>{useProblems().value?.problems.length ?? 'unknown'}</output>;
  const panel = (
    <>
      <ProblemsLens onRead={() => undefined} />
      <Asking />
    </>
  );
  await showPanel(panel, {
    ...handlers,
    'problems.list': async (_, { signal, progress }) => {
      signals.push(signal);
      report.push((rowsDone) => progress({ pass: 'lines', rowsDone, rowsTotal: 200 }));
      await new Promise<void>((resolve) => ends.push(resolve));
      return { problems, rules: 34, asked: 34 };
    },
  });
  await waitFor(() => expect(signals).toHaveLength(1));
  report[0]?.(50);
  await screen.findByText('Looking through the lines · 25%');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await screen.findByText('Stopped');
  expect(signals[0]?.aborted).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Search on' }));
  await waitFor(() => expect(signals).toHaveLength(2));
  report[1]?.(100);
  await screen.findByText('Looking through the lines · 50%');
  ends[1]?.();
  await screen.findByText('34 rules asked');
  expect(screen.getByRole('status', { name: '' }).textContent).toBe('3');
  expect(signals).toHaveLength(2);
});

test('a file without problems says so', async () => {
  await showPanel(<ProblemsLens onRead={() => undefined} />, { 'problems.list': async () => ({ problems: [], rules: 34, asked: 34 }) });
  await screen.findByText('Nothing found.');
});
