import { expect, test } from 'vitest';
import { defaultPassMark } from './pass-mark.ts';

test('two-valued metrics pass at their maximum, all others at a half: for a value each rollout, or each value once', () => {
  expect(defaultPassMark([0, 1])).toBe(1);
  expect(defaultPassMark([-1, -0.5])).toBe(-0.5);
  expect(defaultPassMark(Float64Array.of(1, 0, 0, Number.NaN, 1))).toBe(1);
  expect(defaultPassMark([-100])).toBe(0.5);
  expect(defaultPassMark([1, 1])).toBe(0.5);
  expect(defaultPassMark([0, 0.5, 1])).toBe(0.5);
  expect(defaultPassMark([])).toBe(0.5);
});
