import { expect, test } from 'vitest';
import { withDerivedColumns } from '../select/index.ts';
import { columnFacet } from './facet.ts';
import { memoryIndex } from './testing/memory-index.ts';

const index = withDerivedColumns(
  memoryIndex([
    { a: 'x', y: 1 },
    { a: 'y', y: 1 },
    { a: 'y', y: 0 },
    { a: 'z'.repeat(500), y: 1 },
    { a: null, y: 1 },
    { y: 1 },
    { a: 'x', y: 0 },
    { a: 'x', y: 2 },
    { a: 3, y: 1 },
    { a: true, y: 1 },
    { a: { exact: '9007199254740993' }, y: 1 },
    'invalid',
  ]),
  ['f'],
);

test('counts the values that other conditions keep, most frequent first', () => {
  expect(columnFacet(index, { filter: ['a = "x"', 'y >= 1'], column: 'a', limit: 3 })).toEqual({
    values: [
      { value: 'x', count: 2 },
      { value: true, count: 1 },
      { value: 3, count: 1 },
    ],
    distinct: 6,
    nulls: 1,
    missing: 1,
  });
});

test('gives text whole and numbers exactly', () => {
  const { values } = columnFacet(index, { filter: [], column: 'a', limit: 100 });
  expect(values).toContainEqual({ value: 'z'.repeat(500), count: 1 });
  expect(values).toContainEqual({ value: { exact: '9007199254740993' }, count: 1 });
});

test('a text that no condition has room for is counted, not sent', () => {
  const long = withDerivedColumns(memoryIndex([{ a: 'x'.repeat(3000) }, { a: '\u0001'.repeat(500) }, { a: 'short' }]), ['f']);
  expect(columnFacet(long, { filter: [], column: 'a', limit: 100 })).toMatchObject({ values: [{ value: 'short', count: 1 }], distinct: 3 });
});
