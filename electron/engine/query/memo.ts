import type { RowIndex } from '../index/types.ts';

/**
 * A function of an index and an input that keeps its latest `capacity` results until the index grows. Inputs with equal
 * `keyOf` are the same. Results are shared: callers never write to them. Failures are not kept.
 */
export function memo<I extends RowIndex, K, T>(
  capacity: number | ((index: I) => number),
  compute: (index: I, input: K) => T,
  keyOf: (input: K) => string = String,
): (index: I, input: K) => T {
  const caches = new WeakMap<I, { version: number; results: Map<string, { readonly value: T }> }>();
  return (index, input) => {
    let cache = caches.get(index);
    if (cache?.version !== index.version) {
      cache = { version: index.version, results: new Map() };
      caches.set(index, cache);
    }
    const { results } = cache;
    const key = keyOf(input);
    const result = results.get(key) ?? { value: compute(index, input) };
    results.delete(key); // and again at the end: the map's order is that of the latest use
    results.set(key, result);
    const kept = typeof capacity === 'number' ? capacity : capacity(index);
    for (const oldest of results.keys()) {
      if (results.size <= kept) break;
      results.delete(oldest);
    }
    return result.value;
  };
}

/** What is computed from the index alone, kept until it grows. */
export function untilGrown<I extends RowIndex, T>(compute: (index: I) => T): (index: I) => T {
  const remember = memo<I, string, T>(1, compute);
  return (index) => remember(index, '');
}

/** Memory that the results of one memo may take, in bytes. */
const budgetBytes = 128 * 2 ** 20;

/** A capacity for results that take so many bytes a row: as many as the budget holds, from 2 to 64. */
export function bytesPerRow(bytes: number): (index: RowIndex) => number {
  return ({ rowCount }) => Math.min(64, Math.max(2, Math.floor(budgetBytes / (bytes * Math.max(1, rowCount)))));
}
