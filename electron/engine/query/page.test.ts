import { expect, test } from 'vitest';
import { withDerivedColumns } from '../select/index.ts';
import { readPage } from './page.ts';
import { memoryIndex } from './testing/memory-index.ts';

const index = withDerivedColumns(
  memoryIndex([{ x: 1, s: 'a' }, 'invalid', { x: null, s: 'b'.repeat(1000) }, { s: 'c' }, { x: { exact: '1e400' } }, { x: [1, 2] }]),
  ['a.jsonl'],
);

test('answers a window as columns; absent is told from null', () => {
  const page = readPage(index, {
    query: { filter: [], sort: [] },
    draft: [],
    range: { start: 0, end: 3 },
    columns: ['line', 'x', 's', 'nope'],
  });
  expect(page).toEqual({
    total: 5,
    rows: [0, 2, 3],
    columns: [
      { name: 'line', values: [1, 3, 4], absent: [] },
      { name: 'x', values: [1, null, null], absent: [2] },
      { name: 's', values: ['a', 'b'.repeat(240), 'c'], absent: [] },
      { name: 'nope', values: [null, null, null], absent: [0, 1, 2] },
    ],
    kept: [true, true, true],
  });
});

test('a draft takes no row out but says which would stay', () => {
  const page = readPage(index, {
    query: { filter: ['not s = "c"'], sort: [] },
    draft: ['x >= 1'],
    range: { start: 0, end: 99 },
    columns: ['x'],
  });
  expect(page.rows).toEqual([0, 2, 4, 5]);
  expect(page.kept).toEqual([true, false, true, false]);
  expect(page.columns[0]?.values).toEqual([1, null, { exact: '1e400' }, { json: '[1,2]' }]);
});

test('clamps the range', () => {
  const at = (start: number, end: number) =>
    readPage(index, { query: { filter: [], sort: [] }, draft: [], range: { start, end }, columns: [] }).rows;
  expect(at(4, 100)).toEqual([5]);
  expect(at(100, 200)).toEqual([]);
  expect(at(3, 1)).toEqual([]);
});
