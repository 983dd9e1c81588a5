import { expect, test } from 'vitest';
import { quantile, summarise } from './summary.ts';

test('mean, sample deviation and median', () => {
  expect(summarise(Float64Array.of(1, 2, 4), 5)).toEqual({
    count: 3,
    missing: 2,
    mean: 7 / 3,
    std: 1.5275252316519468,
    min: 1,
    max: 4,
    median: 2,
  });
  expect(summarise(Float64Array.of(0.5), 1)).toEqual({ count: 1, missing: 0, mean: 0.5, min: 0.5, max: 0.5, median: 0.5 });
  expect(summarise(new Float64Array(), 2)).toEqual({ count: 0, missing: 2 });
});

test('equal values have exactly themselves as mean, and no deviation', () => {
  const values = new Float64Array(1_000_003).fill(0.1);
  expect(summarise(values, values.length)).toMatchObject({ mean: 0.1, std: 0 });
});

test('small steps on a large number are not lost', () => {
  expect(summarise(Float64Array.of(1e9, 1e9 + 1, 1e9 + 2), 3).std).toBeCloseTo(1, 12);
  expect(summarise(Float64Array.of(1e300, 3e300), 2)).toMatchObject({ mean: 2e300, std: Math.SQRT2 * 1e300 });
});

test('quantiles are linear between neighbours (numpy.quantile([1, 2, 4, 8], …))', () => {
  const values = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((p) => quantile(values, p))).toEqual([1, 1.15, 1.75, 3, 5, 7.399999999999999, 8]);
  expect(quantile(Float64Array.of(7), 0.95)).toBe(7);
});
