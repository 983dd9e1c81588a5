import { expect, test } from 'vitest';
import type { ColumnInfo } from '#shared/model/column.ts';
import { findLayout, putLayout, shapeOf, usualLayout, type TableLayouts } from './table-layouts.ts';

const column = (name: string, derived = false): ColumnInfo => ({ name, kind: 'number', derived, present: 1, nulls: 0, missing: 0 });

test('a shape is that of the fields, in any order, whatever is derived or read by its path', () => {
  const shape = shapeOf([column('a'), column('b'), column('turns', true), column('m.d')]);
  expect(shapeOf([column('b'), column('a')])).toBe(shape);
  expect(shapeOf([column('a'), column('c')])).not.toBe(shape);
  expect(shapeOf([column('ab')])).not.toBe(shapeOf([column('a'), column('b')]));
});

test('each shape has its layout, and the first of several shapes that has one counts', () => {
  const hidden = { ...usualLayout, shown: { a: false } };
  const layouts = putLayout(putLayout([], 'x', hidden), 'y', usualLayout);
  expect(findLayout(layouts, ['z', 'x', 'y'])).toBe(hidden);
  expect(findLayout(layouts, ['z'])).toBeUndefined();
  expect(findLayout(putLayout(layouts, 'x', usualLayout), ['x'])).toBe(usualLayout);
});

test('the layouts that changed longest ago make room', () => {
  const wide = { ...usualLayout, order: Array.from({ length: 500 }, (_, i) => `a_rather_long_name_of_a_column_${i}`) };
  let layouts: TableLayouts = [];
  for (let i = 0; i < 12; i++) layouts = putLayout(layouts, `shape ${i}`, wide);
  expect(JSON.stringify(layouts).length).toBeLessThan(60_000);
  expect(layouts.at(-1)?.shape).toBe('shape 11');
  expect(findLayout(layouts, ['shape 0'])).toBeUndefined();
});
