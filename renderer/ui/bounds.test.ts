import { expect, test } from 'vitest';
import { boundAt, handlePosition, positionOf, stepBound, valueAt } from './bounds.ts';

const continuous = { edges: [0, 0.25, 0.5, 0.75, 1] };
const binary = { edges: [-0.5, 0.5, 1.5], distinct: [0, 1] };

test('a handle stands on its value, or outside the bins of the values it keeps', () => {
  expect(handlePosition(null, 'min', continuous)).toBe(0);
  expect(handlePosition(null, 'max', continuous)).toBe(1);
  expect(handlePosition(0.6, 'min', continuous)).toBeCloseTo(0.6);
  expect(handlePosition(1, 'min', binary)).toBe(0.5);
  expect(handlePosition(0, 'max', binary)).toBe(0.5);
  expect(handlePosition(2, 'min', binary)).toBe(1);
});

test('a dropped handle means a round value, and nothing at its own end', () => {
  expect(boundAt(0.507, 'min', continuous, 272)).toBe(0.5);
  expect(boundAt(0.6137, 'min', continuous, 272)).toBe(0.614);
  expect(boundAt(0, 'min', continuous, 272)).toBeNull();
  expect(boundAt(0.005, 'min', continuous, 272)).toBeNull();
  expect(boundAt(1, 'max', continuous, 272)).toBeNull();
  expect(boundAt(0.4, 'min', binary, 272)).toBe(1);
  expect(boundAt(0.4, 'max', binary, 272)).toBe(0);
  expect(boundAt(0.1, 'min', binary, 272)).toBeNull();
});

test('keys move by a bin, and off at the end', () => {
  expect(stepBound(null, 'min', 1, continuous)).toBe(0.25);
  expect(stepBound(0.25, 'min', -1, continuous)).toBeNull();
  expect(stepBound(0.6, 'min', 1, continuous)).toBe(0.75);
  expect(stepBound(0.6, 'min', -1, continuous)).toBe(0.5);
  expect(stepBound(null, 'max', -10, continuous)).toBe(0);
  expect(stepBound(0.5, 'min', 10, continuous)).toBe(1);
  expect(stepBound(null, 'min', 1, binary)).toBe(1);
  expect(stepBound(1, 'min', -1, binary)).toBeNull();
});

test('values with empty bins between them have a stop each, and whole numbers in unit bins too', () => {
  const sparse = { edges: [-0.125, 0.125, 0.375, 0.625, 0.875, 1.125], distinct: [0, 0.25, 1] };
  expect(stepBound(0.25, 'min', 1, sparse)).toBe(1);
  expect(handlePosition(1, 'min', sparse)).toBeCloseTo(0.8);
  expect(handlePosition(0.25, 'max', sparse)).toBeCloseTo(0.4);
  expect(boundAt(0.75, 'min', sparse, 300)).toBe(1);
  expect(boundAt(0.45, 'max', sparse, 300)).toBe(0.25);
  const turns = { edges: [0.5, 1.5, 2.5, 3.5] };
  expect(stepBound(null, 'min', 1, turns)).toBe(2);
  expect(boundAt(0.6, 'max', turns, 300)).toBe(2);
  expect(handlePosition(2, 'max', turns)).toBeCloseTo(2 / 3);
});

test('a handle put where it stands keeps its bound', () => {
  for (const bound of [0.25, 0.5, 0.75]) {
    for (const side of ['min', 'max'] as const) expect(boundAt(handlePosition(bound, side, continuous), side, continuous, 300)).toBe(bound);
  }
});

test('an axis may grow by a factor, or span all numbers there are', () => {
  const growing = { edges: [1, 10, 100, 1000], apart: { zeros: 3, negatives: 0 } };
  expect(positionOf(100, growing)).toBeCloseTo(2 / 3);
  expect(positionOf(0, growing)).toBe(0);
  expect(valueAt(0.5, growing)).toBeCloseTo(31.62, 2);
  expect(boundAt(0.334, 'min', growing, 272)).toBe(10);
  expect(boundAt(0.5, 'min', growing, 272)).toBe(31.6);
  const widest = { edges: [-1e308, -5e307, 0, 5e307, 1e308] };
  expect(positionOf(0, widest)).toBe(0.5);
  expect(positionOf(1e308, widest)).toBe(1);
  expect(valueAt(0.75, widest)).toBe(5e307);
  expect(boundAt(0.6, 'min', widest, 272)).toBeCloseTo(2e307, -306);
});
