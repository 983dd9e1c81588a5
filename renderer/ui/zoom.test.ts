import { expect, test } from 'vitest';
import { boundAt, stepBound } from './bounds.ts';
import { canZoom, zoomAt, zoomEdges } from './zoom.ts';

const axis = { edges: [0, 25, 50, 75, 100] };

test('zooming keeps what is under the pointer, and ends at the whole', () => {
  const near = zoomAt(axis, 0.25, 2, null);
  expect(near).toEqual({ min: 12.5, max: 62.5, of: [0, 100] });
  const nearer = zoomAt({ edges: [12.5, 62.5] }, 1, 2, near);
  expect(nearer).toEqual({ min: 37.5, max: 62.5, of: [0, 100] });
  expect(zoomAt({ edges: [37.5, 62.5] }, 0.5, 1 / 8, nearer)).toBeNull();
  expect(zoomAt(axis, 0.5, 1 / 2, null)).toBeNull();
  const closest = { min: 1, max: 1.00001, of: [0, 100] } as const;
  expect(zoomAt({ edges: [1, 1.00001] }, 0.5, 2, closest)).toBe(closest);
});

test('edges increase, whatever is looked at', () => {
  expect(zoomEdges({ min: 0.2, max: 0.6, of: [0, 1] }, 4)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(zoomEdges({ min: 1, max: 1 + 2e-12, of: [0, 2] }, 40).length).toBeLessThan(5);
});

test('there is nothing closer to see where values have their bins, or the axis is logarithmic', () => {
  expect(canZoom(axis)).toBe(true);
  expect(canZoom({ edges: [-0.5, 0.5, 1.5], distinct: [0, 1] })).toBe(false);
  expect(canZoom({ edges: [0.5, 1.5, 2.5] })).toBe(false);
  expect(canZoom({ edges: [1, 10], apart: { zeros: 0, negatives: 0 } })).toBe(false);
});

test('the ends of a part of an axis are bounds like any other', () => {
  const part = { ...axis, isPart: true };
  expect([boundAt(0, 'min', part, 272), boundAt(1, 'max', part, 272)]).toEqual([0, 100]);
  expect([boundAt(0, 'min', axis, 272), boundAt(1, 'max', axis, 272)]).toEqual([null, null]);
  expect([stepBound(25, 'min', -1, part), stepBound(25, 'min', -1, axis)]).toEqual([0, null]);
});
