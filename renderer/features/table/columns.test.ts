import { expect, test } from 'vitest';
import type { ColumnInfo } from '#shared/model/column.ts';
import { columnSizes, fitSizes } from './column-sizes.ts';
import { compactColumns, layoutColumns, movedBefore, movedBy, type TableColumn } from './columns.ts';

const column = (name: string, kind: ColumnInfo['kind'], derived = true, present = 10): ColumnInfo => ({
  name,
  kind,
  derived,
  present,
  nulls: 0,
  missing: 0,
});
const columns = [
  column('line', 'number'),
  column('task', 'string'),
  column('rollout', 'number'),
  column('agent', 'string'),
  column('turns', 'number'),
  column('tools', 'number'),
  column('tokens', 'number', true, 0),
  column('prompt', 'string'),
  column('answer', 'string'),
  column('zeta', 'number', false),
  column('reward', 'number', false),
];
const layout = { order: [], shown: {}, pinned: {} };
type Options = Partial<Parameters<typeof layoutColumns>[1]>;
const laidOut = (options: Options = {}): TableColumn[] =>
  layoutColumns(columns, { metric: 'reward', windowWidth: 1440, layout, ...options });
const shown = (options: Options = {}): string[] => laidOut(options).flatMap(({ name, shown: is }) => (is ? [name] : []));

test('the usual columns come first, as far as the file has them', () => {
  expect(shown()).toEqual(['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'tools', 'problems', 'prompt', 'answer']);
  expect(shown({ windowWidth: 1300 })).not.toContain('answer');
  expect(shown({ windowWidth: 1000 })).toEqual(['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'prompt']);
});

test('the metric in view is shown beside the reward, and what was added after it', () => {
  expect(shown({ metric: 'zeta', added: ['reward - turns'] }).slice(4, 7)).toEqual(['reward', 'zeta', 'reward - turns']);
  expect(laidOut({ added: ['m.d'] }).find(({ name }) => name === 'm.d')).toMatchObject({ added: true, pending: true, shown: true });
});

test('what the user chose wins over the width of the window; pinned columns come first', () => {
  const chosen = { order: ['answer', 'line'], shown: { answer: true, agent: false }, pinned: { line: false, turns: true } };
  expect(shown({ windowWidth: 1000, layout: chosen })).toEqual(['task', 'rollout', 'turns', 'answer', 'line', 'reward', 'prompt']);
});

test('a column moves before another, or by a step among the shown ones, and never out of the pinned ones by a step', () => {
  const all = laidOut();
  const order = (names: readonly string[]): string[] => shown({ layout: { ...layout, order: [...names] } });
  expect(order(movedBefore(all, 'answer', 'agent')).slice(3, 5)).toEqual(['answer', 'agent']);
  expect(order(movedBefore(all, 'agent', null)).at(-1)).toBe('agent');
  // Between tools and problems stands tokens, which is hidden.
  expect(order(movedBy(all, 'problems', -1)).slice(5, 8)).toEqual(['turns', 'problems', 'tools']);
  expect(order(movedBy(all, 'turns', 1)).slice(5, 7)).toEqual(['tools', 'turns']);
  expect(order(movedBy(all, 'agent', -1))).toEqual(shown());
  expect(order(movedBy(all, 'answer', 1))).toEqual(shown());
});

test('prompt and answer share what is left', () => {
  const sizes = columnSizes(laidOut(), {}, 1200);
  expect(Object.values(sizes).reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(1200);
  expect(Object.values(sizes).reduce((sum, width) => sum + width, 0)).toBeGreaterThan(1197);
  expect(columnSizes(laidOut(), { prompt: 300 }, 1200)['prompt']).toBe(300);
  expect(columnSizes(laidOut(), {}, 300)['prompt']).toBe(120);
});

test('names of tasks have room, indices need little', () => {
  const width = (infos: readonly ColumnInfo[]): number | undefined =>
    layoutColumns(infos, { metric: 'reward', windowWidth: 1440, layout }).find(({ name }) => name === 'task')?.width;
  expect(width(columns)).toBeGreaterThan(100);
  expect(width([...columns, column('_ng_task_index', 'number', false)])).toBeLessThan(60);
});

test('beside the reader a row is known by its numbers', () => {
  expect(compactColumns(laidOut(), 'reward').map(({ name }) => name)).toEqual(['line', 'task', 'rollout', 'reward']);
});

test('columns that do not fit are narrowed alike, others left as they are', () => {
  expect(fitSizes({ line: 60, tokens: 40 }, 80)).toEqual({ line: 48, tokens: 32 });
  expect(fitSizes({ line: 60, tokens: 40 }, 300)).toEqual({ line: 60, tokens: 40 });
});
