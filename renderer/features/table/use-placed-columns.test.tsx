import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ColumnInfo } from '#shared/model/column.ts';
import { columnSizes, columnsInView } from './column-sizes.ts';
import { layoutColumns, type TableColumn } from './columns.ts';
import { usePlacedColumns } from './use-placed-columns.ts';

const column = (name: string, kind: ColumnInfo['kind'], derived = true): ColumnInfo => ({
  name,
  kind,
  derived,
  present: 10,
  nulls: 0,
  missing: 0,
});
const usual = [
  column('line', 'number'),
  column('task', 'string'),
  column('rollout', 'number'),
  column('agent', 'string'),
  column('prompt', 'string'),
  column('answer', 'string'),
  column('reward', 'number', false),
];
type Layout = Parameters<typeof layoutColumns>[1]['layout'];
const layout: Layout = { order: [], shown: {}, pinned: {} };
const laidOut = (columns: readonly ColumnInfo[], metric: string | null, as: Layout): TableColumn[] =>
  layoutColumns(columns, { metric, windowWidth: 1440, layout: as });

function place(columns: readonly TableColumn[], room: number, start = 0) {
  const sizes = columnSizes(columns, {}, room);
  return renderHook(() => usePlacedColumns({ columns, sizes, room, start })).result.current;
}

test('columns lie side by side in their order, hidden ones left out', () => {
  const { placed, width } = place(laidOut(usual, 'reward', { order: ['agent', 'reward'], shown: { answer: false }, pinned: {} }), 300, 28);
  expect(placed.map(({ column: { name } }) => name)).toEqual(['line', 'task', 'rollout', 'agent', 'reward', 'problems', 'prompt']);
  let left = 28;
  for (const [at, each] of placed.entries()) {
    expect(each).toMatchObject({ at, left, width: each.column.width });
    left += each.width;
  }
  expect(width).toBe(left);
});

test('pinned columns stay where the table is wider than its room, and leave room for the others', () => {
  const pins = (room: number, as = layout): string[] =>
    place(laidOut(usual, 'reward', as), room).placed.flatMap(({ column: { name }, pin }) => (pin ? [name] : []));
  expect(pins(2000)).toEqual([]);
  expect(pins(600)).toEqual(['line', 'task', 'rollout']);
  expect(pins(500, { ...layout, pinned: { prompt: true, answer: true } })).toEqual(['line', 'task', 'rollout', 'prompt']);
});

test('of five hundred columns only those in view are drawn', () => {
  const many = Array.from({ length: 500 }, (_, i) => column(`f${i}`, 'number', false));
  const all = laidOut(many, null, { ...layout, shown: Object.fromEntries(many.map(({ name }) => [name, true])) });
  const { placed, width } = place(all, 1000, 28);
  expect(width).toBe(28 + 500 * 96 + 32);
  for (const scrollLeft of [0, 20_000, width - 1000]) {
    const seen = columnsInView(placed, scrollLeft, 1000);
    expect(seen.length).toBeLessThan(30);
    for (const each of placed) {
      if (each.left < scrollLeft + 1000 && each.left + each.width > scrollLeft) expect(seen).toContain(each);
    }
  }
});
