import { describe, expect, test } from 'vitest';
import { limits } from '#shared/limits.ts';
import { automaticEdges, binOf } from './edges.ts';
import { pickOf, seededRandom } from './testing/random.ts';

function edgesOf(values: readonly number[]): number[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  return automaticEdges({
    min: Math.min(...values),
    max: Math.max(...values),
    integers: values.every(Number.isInteger),
    distinct: distinct.length <= 32 ? distinct : undefined,
  });
}

const spread = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('automaticEdges', () => {
  test('are the decimals one would write', () => {
    const edges = edgesOf(spread(0, 1, 101));
    expect(edges).toHaveLength(51);
    expect(edges.slice(0, 5)).toEqual([0, 0.02, 0.04, 0.06, 0.08]);
    expect(edges[15]).toBe(0.3);
    expect(edges[50]).toBe(1);
  });

  test('a value on an edge is the first of its bin, the last edge belongs to the last bin', () => {
    const edges = edgesOf(spread(0, 1, 101));
    expect(binOf(edges, 0.3)).toBe(15);
    expect(binOf(edges, 0.29999999999999993)).toBe(14);
    expect(binOf(edges, 1)).toBe(49);
    expect(binOf(edges, 1.0000000000000002)).toBe(-1);
    expect(binOf(edges, -5e-324)).toBe(-1);
  });

  test('a discrete metric has a bin a value, with the value in its middle', () => {
    expect(edgesOf([0, 1])).toEqual([-0.5, 0.5, 1.5]);
    expect(edgesOf([0, 0.25, 0.5, 1])).toEqual([-0.125, 0.125, 0.375, 0.625, 0.875, 1.125]);
    expect(edgesOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])).toEqual([0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75]);
    expect(edgesOf([1, 2, 5])).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect(edgesOf(spread(1, 45, 45))).toHaveLength(46);
  });

  test('a constant has one bin around it', () => {
    expect(edgesOf([1, 1])).toEqual([0.5, 1.5]);
    expect(edgesOf([0])).toEqual([-0.5, 0.5]);
    expect(edgesOf([1e300])).toEqual([0.5e300, 1.5e300]);
  });

  test('steps of whole numbers are whole', () => {
    const edges = edgesOf(spread(0, 130, 131));
    expect(edges.every(Number.isInteger)).toBe(true);
  });

  test('hold every value and part every few ones, whatever the range', () => {
    const random = seededRandom(9);
    const makers: readonly (() => number)[] = [
      () => random(),
      () => Math.floor(random() * 1000) - 500,
      () => random() * 1e300 * pickOf(random, [-1, 1]),
      () => pickOf(random, [-1, 1]) * Number.MAX_VALUE * (0.5 + random() / 2),
      () => 1 + random() * 1e-14,
      () => 1e15 + Math.floor(random() * 8) / 8,
      () => random() * 1e-310,
      () => 10 ** (random() * 40 - 20),
      () => pickOf(random, [-100, 0, 1, 19.4]),
      () => pickOf(random, [0, 0.001, 1000, 1e-300]),
      () => 2 ** 53 + Math.floor(random() * 100) * 2,
    ];
    for (let round = 0; round < 1500; round++) {
      const make = pickOf(random, makers);
      const values = Array.from({ length: pickOf(random, [1, 2, 3, 10, 32, 33, 200]) }, make);
      const edges = edgesOf(values);
      expect(edges.length - 1).toBeLessThanOrEqual(limits.bins);
      expect(
        edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] ?? Infinity))),
        String(edges),
      ).toBe(true);
      const bins = values.map((value) => binOf(edges, value));
      expect(bins.includes(-1), JSON.stringify({ values, edges })).toBe(false);
      const distinct = new Set(values).size;
      if (distinct <= 32) expect(new Set(bins).size, JSON.stringify({ values, edges })).toBe(distinct);
    }
  });
});
