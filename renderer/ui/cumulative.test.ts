import { expect, test } from 'vitest';
import { cumulativeOf } from './cumulative.ts';

test('between edges the share is known at the edges', () => {
  const { points, isStepped } = cumulativeOf({ edges: [0, 0.25, 0.5, 1], counts: [1, 0, 3] });
  expect(isStepped).toBe(false);
  expect(points).toEqual([
    { value: 0, share: 0, isIncluded: false },
    { value: 0.25, share: 0.25, isIncluded: false },
    { value: 0.5, share: 0.25, isIncluded: false },
    { value: 1, share: 1, isIncluded: true },
  ]);
});

test('a metric of few values steps at the values themselves', () => {
  const { points, isStepped } = cumulativeOf({ edges: [-0.5, 0.5, 1.5], counts: [1, 3], distinct: [0, 1] });
  expect(isStepped).toBe(true);
  expect(points).toEqual([
    { value: -0.5, share: 0, isIncluded: false },
    { value: 0, share: 0.25, isIncluded: true },
    { value: 1, share: 1, isIncluded: true },
    { value: 1.5, share: 1, isIncluded: true },
  ]);
});

test('a last value on the last edge is in the last bin', () => {
  expect(cumulativeOf({ edges: [0, 0.5, 1], counts: [2, 2], distinct: [0, 1] }).points).toEqual([
    { value: 0, share: 0, isIncluded: false },
    { value: 0, share: 0.5, isIncluded: true },
    { value: 1, share: 1, isIncluded: true },
  ]);
});

test('without numbers there is nothing to draw', () => {
  expect(cumulativeOf({ edges: [0, 1], counts: [0] }).points).toEqual([]);
});
