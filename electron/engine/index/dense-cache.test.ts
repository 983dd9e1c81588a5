import { expect, test } from 'vitest';
import { DenseCache } from './dense-cache.ts';

const isBytes = (array: object): array is Uint8Array => array instanceof Uint8Array;

/** Asks for the arrays of some columns, in turns, and counts how often one had to be made. */
function ask(cache: DenseCache, columns: readonly object[], { rows, version = 1 }: { rows: number; version?: number }): number {
  let made = 0;
  for (const column of columns) {
    const array = cache.get(version, column, 'kinds', isBytes, () => {
      made++;
      return new Uint8Array(rows);
    });
    expect(array).toHaveLength(rows);
  }
  return made;
}

const columns = Array.from({ length: 100 }, () => ({}));

test('arrays of few rows are kept, the last sixty-four of them, and those of one version', () => {
  const cache = new DenseCache();
  expect(ask(cache, columns.slice(0, 60), { rows: 1000 })).toBe(60);
  expect(ask(cache, columns.slice(0, 60), { rows: 1000 })).toBe(0);
  expect(ask(cache, columns.slice(60, 70), { rows: 1000 })).toBe(10);
  expect(ask(cache, columns.slice(6, 70), { rows: 1000 })).toBe(0);
  expect(ask(cache, columns.slice(0, 1), { rows: 1000 })).toBe(1);
  expect(ask(cache, columns.slice(60, 70), { rows: 1001, version: 2 })).toBe(10);
});

test('of many rows only so many bytes are kept, the ones asked for last', () => {
  const cache = new DenseCache();
  const rows = 5 << 20;
  // 160 MiB are 32 bytes a row.
  expect(ask(cache, columns.slice(0, 33), { rows })).toBe(33);
  expect(ask(cache, columns.slice(1, 33), { rows })).toBe(0);
  expect(ask(cache, columns.slice(0, 1), { rows })).toBe(1);
});
