import { expect, test } from 'vitest';
import { axisTicks } from './axis-ticks.ts';
import { barLength, binTone, countTicks, logTicks, valueTicks } from './bars.ts';

test('a single row is seen on either axis', () => {
  expect(barLength(1, 10_000, true)).toBeGreaterThan(0.02);
  expect(barLength(10_000, 10_000, true)).toBe(1);
  expect(barLength(5, 10, false)).toBe(0.5);
  expect(barLength(0, 10, true)).toBe(0);
  expect(barLength(3, 0, false)).toBe(0);
});

test('ticks are round', () => {
  expect(countTicks(35_000, true)).toEqual([100, 10_000]);
  expect(countTicks(120, true)).toEqual([10, 100]);
  expect(countTicks(900, false)).toEqual([200, 400]);
  expect(valueTicks(-0.5, 1, 3)).toEqual([-0.5, 0, 0.5, 1]);
  expect(valueTicks(0, 19.4, 4)).toEqual([0, 5, 10, 15]);
  expect(valueTicks(2, 2, 4)).toEqual([2]);
  expect(valueTicks(-1e308, 1e308, 4)).toEqual([-1e308, -5e307, 0, 5e307, 1e308]);
  expect(logTicks(0.5, 20_000, 6)).toEqual([1, 10, 100, 1000, 10_000]);
  expect(logTicks(1, 1e12, 4)).toEqual([1, 1e4, 1e8, 1e12]);
  expect(logTicks(30, 1200, 4)).toEqual([50, 100, 200, 500, 1000]);
  expect(logTicks(2, 5, 4)).toEqual([2, 5]);
});

test('bins outside the bounds are dropped on either side', () => {
  const range = { min: 0, max: 1 };
  expect(binTone(0.1, 0.2, { min: 0.5, max: 0.8 }, range).side).toBe('below');
  expect(binTone(0.6, 0.7, { min: 0.5, max: 0.8 }, range).side).toBe('above');
  expect(binTone(0.9, 1, { min: 0.5, max: 0.8 }, range).side).toBe('below');
  expect(binTone(0.1, 0.2, { min: null, max: 0.8 }, range).side).toBe('above');
});

test('an axis of few values has a tick at each', () => {
  expect(axisTicks({ edges: [0.5, 1.5], distinct: [1] }, 4)).toEqual([1]);
  expect(axisTicks({ edges: [-0.5, 0.5, 1.5], distinct: [0, 1] }, 4)).toEqual([0, 1]);
  expect(axisTicks({ edges: [0, 0.5, 1] }, 2)).toEqual([0, 0.5, 1]);
  expect(axisTicks({ edges: [1, 10, 100, 10_000], apart: { zeros: 0, negatives: 0 } }, 6)).toEqual([1, 10, 100, 1000, 10_000]);
});
