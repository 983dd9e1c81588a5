import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RowsSnapshot } from '../../data/row-pages.ts';
import { useHeldPlace } from './use-held-place.ts';

function listed(of: string, numbers: readonly number[]): RowsSnapshot {
  const at: RowsSnapshot['at'] = (index) => {
    const row = numbers[index];
    return row === undefined ? undefined : { row, kept: true, cell: () => undefined };
  };
  return { total: numbers.length, error: null, of, at };
}

function hold(rows: RowsSnapshot, first: number, atTop = true) {
  const shifts: number[] = [];
  const shiftBy = (by: number): void => void shifts.push(by);
  const { rerender } = renderHook(
    (props: { rows: RowsSnapshot; first: number }) => useHeldPlace(props.rows, { first: props.first, shiftBy }, atTop),
    {
      initialProps: { rows, first },
    },
  );
  return { shifts, show: (next: RowsSnapshot, at: number) => rerender({ rows: next, first: at }) };
}

test('rows that come in above what is read scroll the list by as many', () => {
  const { shifts, show } = hold(listed('q', [10, 11, 12, 13, 14]), 2);
  show(listed('q', [90, 10, 91, 11, 12, 13, 14]), 2);
  expect(shifts).toEqual([2]);
  show(listed('q', [90, 10, 91, 11, 12, 13, 14, 92]), 4);
  expect(shifts).toEqual([2]);
});

test('another order, scrolling, and one row that changed its place scroll nothing', () => {
  const { shifts, show } = hold(listed('q', [10, 11, 12, 13, 14]), 1);
  show(listed('q', [10, 11, 12, 13, 14]), 3);
  show(listed('other', [14, 13, 12, 11, 10]), 3);
  show(listed('other', [11, 14, 13, 12, 10]), 3);
  show(listed('other', [12, 11, 14, 13, 10]), 3);
  expect(shifts).toEqual([]);
});

test('the beginning of a list that is being read for the first time shows what comes first', () => {
  const { shifts, show } = hold(listed('q', [10, 11, 12]), 0, false);
  show(listed('q', [90, 10, 11, 12]), 0);
  expect(shifts).toEqual([]);
});
