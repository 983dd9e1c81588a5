import type { RowIndex } from '../index/types.ts';

/**
 * A function of an index and an input that keeps its latest `capacity` results until the index grows. Inputs with equal
 * `keyOf` are the same. Results are shared: callers never write to them. Failures are not kept.
 */
export function memo<I extends RowIndex, K, T>(
  capacity: number,
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
    for (const oldest of results.keys()) {
      if (results.size <= capacity) break;
      results.delete(oldest);
    }
    return result.value;
  };
}
