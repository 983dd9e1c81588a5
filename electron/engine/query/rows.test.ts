import { expect, test } from 'vitest';
import { withDerivedColumns } from '../select/index.ts';
import { findRow, queryRows } from './rows.ts';
import { sortByNumber } from './sort-numbers.ts';
import { memoryIndex, type MemoryRow } from './testing/memory-index.ts';
import { pickOf, seededRandom } from './testing/random.ts';

function order(rows: readonly MemoryRow[], ...keys: string[]): number[] {
  const sort = keys.map((key) => ({ column: key.replace('-', ''), descending: key.startsWith('-') }));
  return [...queryRows(withDerivedColumns(memoryIndex(rows), ['a']), { filter: [], sort })];
}

test('sorts by value, null and then missing last in both directions', () => {
  const rows: MemoryRow[] = [{}, { x: null }, { x: 10 }, 'invalid', { x: 9 }, { x: -1 }, {}, { x: null }];
  expect(order(rows, 'x')).toEqual([5, 4, 2, 1, 7, 0, 6]);
  expect(order(rows, '-x')).toEqual([2, 4, 5, 1, 7, 0, 6]);
});

test('sorts several kinds: numbers, then text by code points; what has no order comes after', () => {
  const rows: MemoryRow[] = [{ x: 'b' }, { x: [1] }, { x: 'a' }, { x: 2 }, { x: true }, { x: '\u{1f600}' }, { x: '～' }];
  expect(order(rows, 'x')).toEqual([4, 3, 2, 0, 6, 5, 1]);
  expect(order(rows, '-x')).toEqual([5, 6, 0, 2, 3, 4, 1]);
});

test('sorts integers beyond 2^53 by their digits', () => {
  const rows: MemoryRow[] = ['9007199254740995', '9007199254740993', '1e400', '9007199254740994'].map((exact) => ({ x: { exact } }));
  expect(order(rows, 'x')).toEqual([1, 3, 0, 2]);
  expect(order(rows, '-x')).toEqual([2, 0, 3, 1]);
});

test('several keys: ties go to the next, then to the file order', () => {
  const random = seededRandom(3);
  const rows = Array.from({ length: 500 }, (): MemoryRow => ({
    a: pickOf(random, ['x', 'y', 'z']),
    b: pickOf(random, [0, 0.5, -1e300, 5e-324, -0]),
    c: Math.floor(random() * 10),
  }));
  const value = (row: number, name: string): number => Number((rows[row] as Record<string, number>)[name]);
  const text = (row: number): string => String((rows[row] as Record<string, unknown>)['a']);
  const expected = rows
    .map((_, row) => row)
    .sort((p, q) => text(p).localeCompare(text(q)) || value(q, 'b') - value(p, 'b') || value(p, 'c') - value(q, 'c') || p - q);
  expect(order(rows, 'a', '-b', 'c')).toEqual(expected);
});

test('the radix sort agrees with a comparison on any bits of float64', () => {
  const random = seededRandom(5);
  const words = Uint32Array.from({ length: 20_000 }, () => Math.floor(random() * 2 ** 32));
  const values = new Float64Array(words.buffer).map((value, i) => (Number.isNaN(value) ? i : value));
  values.set([0, -0, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE, 0, -0]);
  const sorted = sortByNumber(Uint32Array.from(values.keys()), values);
  const expected = [...values.keys()].sort((p, q) => (values[p] === values[q] ? p - q : (values[p] ?? 0) < (values[q] ?? 0) ? -1 : 1));
  expect([...sorted]).toEqual(expected);
});

test('finds the position of a row in an order', () => {
  const index = withDerivedColumns(memoryIndex([{ x: 2 }, { x: 1 }, { x: 3 }]), ['a']);
  const query = { filter: ['x >= 2'], sort: [{ column: 'x', descending: true }] };
  expect(findRow(index, { query, row: 0 })).toBe(1);
  expect(findRow(index, { query, row: 1 })).toBeNull();
});

test('names the nearest column when there is none to sort by', () => {
  expect(() => order([{ reward: 1 }], 'rewad')).toThrow('No column "rewad". Did you mean "reward"?');
});
