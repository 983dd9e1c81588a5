import { expect, test } from 'vitest';
import type { PageRow } from '../../data/row-pages.ts';
import { nearby } from './nearby.ts';

const listed = (...numbers: (number | undefined)[]) => ({
  at: (index: number): PageRow | undefined => {
    const row = numbers[index];
    return row === undefined ? undefined : { row, kept: true, cell: () => undefined };
  },
});

test('a row is found where it moved, up or down, among those that are loaded', () => {
  expect(nearby(listed(9, 4, 7, 1), 7, 2)).toBe(2);
  expect(nearby(listed(50, 51, 9, 4, 7, 1), 7, 2)).toBe(4);
  expect(nearby(listed(7, 1), 7, 1)).toBe(0);
  expect(nearby(listed(9, undefined, 7), 7, 0)).toBe(2);
  expect(nearby(listed(9, 4), 7, 1)).toBeNull();
});
