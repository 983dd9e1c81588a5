import { expect, test } from 'vitest';
import type { ColumnInfo } from '#shared/model/column.ts';
import { columnSizes, compactColumns, fitSizes, layoutColumns, pinnedCount } from './columns.ts';

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
const settings = { columnOrder: [], columnsShown: {} };
const shown = (options: Partial<Parameters<typeof layoutColumns>[1]> = {}): string[] =>
  layoutColumns(columns, { metric: 'reward', windowWidth: 1440, settings, ...options }).flatMap(({ name, shown: is }) =>
    is ? [name] : [],
  );

test('the usual columns come first, as far as the file has them', () => {
  expect(shown()).toEqual(['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'tools', 'prompt', 'answer']);
  expect(shown({ windowWidth: 1300 })).not.toContain('answer');
  expect(shown({ windowWidth: 1000 })).toEqual(['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'prompt']);
});

test('the metric in view is shown beside the reward', () => {
  expect(shown({ metric: 'zeta' }).slice(4, 6)).toEqual(['reward', 'zeta']);
});

test('what the user chose wins over the width of the window', () => {
  const chosen = { columnOrder: ['answer', 'line'], columnsShown: { answer: true, agent: false } };
  expect(shown({ windowWidth: 1000, settings: chosen })).toEqual(['answer', 'line', 'task', 'rollout', 'reward', 'turns', 'prompt']);
});

test('prompt and answer share what is left', () => {
  const layout = layoutColumns(columns, { metric: 'reward', windowWidth: 1440, settings });
  const sizes = columnSizes(layout, {}, 1200);
  expect(Object.values(sizes).reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(1200);
  expect(Object.values(sizes).reduce((sum, width) => sum + width, 0)).toBeGreaterThan(1197);
  expect(columnSizes(layout, { prompt: 300 }, 1200)['prompt']).toBe(300);
  expect(columnSizes(layout, {}, 300)['prompt']).toBe(180);
});

test('beside the reader a row is known by its numbers', () => {
  const layout = layoutColumns(columns, { metric: 'reward', windowWidth: 1440, settings });
  expect(compactColumns(layout, 'reward').map(({ name }) => name)).toEqual(['line', 'task', 'rollout', 'reward']);
});

test('the columns a row is known by stay at the left, at least one', () => {
  expect(pinnedCount(['index', 'index', 'index', 'word', 'index'])).toBe(3);
  expect(pinnedCount(['word', 'index'])).toBe(1);
  expect(pinnedCount(['index', 'index'])).toBe(2);
});

test('columns that do not fit are narrowed alike, others left as they are', () => {
  expect(fitSizes({ line: 60, tokens: 40 }, 80)).toEqual({ line: 48, tokens: 32 });
  expect(fitSizes({ line: 60, tokens: 40 }, 300)).toEqual({ line: 60, tokens: 40 });
});
