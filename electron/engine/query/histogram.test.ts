import { expect, test } from 'vitest';
import { histogram } from '#shared/model/histogram.ts';
import { withDerivedColumns } from '../select/index.ts';
import { logEdges } from './edges.ts';
import { columnHistogram, columnQuantiles } from './histogram.ts';
import { memoryIndex, type MemoryRow } from './testing/memory-index.ts';
import { seededRandom } from './testing/random.ts';

const auto = { kind: 'auto' } as const;
const indexOf = (rows: readonly MemoryRow[]) => withDerivedColumns(memoryIndex(rows), ['a']);

test('counts filtered rows over the bins of all rows, and what has no number apart', () => {
  const index = indexOf([
    { x: 0, a: 'm' },
    { x: 1, a: 'm' },
    { x: 1, a: 'n' },
    { x: null, a: 'm' },
    { a: 'm' },
    { x: 'text', a: 'm' },
    { x: { exact: '1e400' }, a: 'm' },
    'invalid',
  ]);
  const result = columnHistogram(index, { filter: ['a = "m"'], column: 'x', binning: auto });
  expect(histogram.parse(result)).toEqual({
    edges: [-0.5, 0.5, 1.5],
    counts: [1, 1],
    all: [1, 2],
    nulls: 1,
    missing: 1,
    other: 2,
    distinct: [0, 1],
    summary: { count: 2, missing: 4, mean: 0.5, std: Math.SQRT1_2, min: 0, max: 1, median: 0.5 },
    quantiles: { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 },
  });
});

test("leaves the column's own conditions aside, but not one that is also about another column", () => {
  const index = indexOf([
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
  ]);
  const counts = (...filter: string[]) => columnHistogram(index, { filter, column: 'x', binning: auto }).counts;
  expect(counts('x > 0', 'y = 0')).toEqual([1, 1]);
  expect(counts('x > 0 and y = 0')).toEqual([0, 1]);
});

test('takes chosen edges; what lies outside is in no bar but in the figures', () => {
  const index = indexOf([{ x: 0 }, { x: 1 }, { x: 2 }, { x: 3 }]);
  const chosen = (edges: number[]) => columnHistogram(index, { filter: [], column: 'x', binning: { kind: 'edges', edges } });
  expect(chosen([1, 2, 2.5])).toMatchObject({ counts: [1, 1], all: [1, 1], summary: { count: 4, max: 3 } });
  expect(() => chosen([1, 1])).toThrow('must increase');
});

test('booleans are 0 and 1; a column without numbers has an empty bar', () => {
  const index = indexOf([
    { b: true, s: 'a' },
    { b: false, s: 'b' },
    { b: true, s: null },
  ]);
  expect(columnHistogram(index, { filter: [], column: 'b', binning: auto })).toMatchObject({ counts: [1, 2], distinct: [0, 1] });
  const empty = columnHistogram(index, { filter: [], column: 's', binning: auto });
  expect(empty).toEqual({ edges: [0, 1], counts: [0], all: [0], nulls: 1, missing: 0, other: 2, summary: { count: 0, missing: 3 } });
});

test('the edges stay while the filter moves', () => {
  const random = seededRandom(2);
  const index = indexOf(Array.from({ length: 200 }, () => ({ x: random() * 7 - 3, y: random() })));
  const edges = (filter: string[]) => columnHistogram(index, { filter, column: 'x', binning: auto }).edges;
  expect(edges(['y < 0.1'])).toEqual(edges([]));
});

test('numbers near the ends of float64 have finite figures', () => {
  const index = indexOf([{ x: Number.MAX_VALUE }, { x: -Number.MAX_VALUE }, { x: Number.MAX_VALUE }]);
  expect(() => histogram.parse(columnHistogram(index, { filter: [], column: 'x', binning: auto }))).not.toThrow();
});

test('bins of one width, or growing by about the same factor with zeros and negatives apart', () => {
  const random = seededRandom(31);
  const values = Array.from({ length: 3000 }, () => (random() < 0.1 ? 0 : (random() < 0.1 ? -1 : 1) * 10 ** (random() * 6 - 2)));
  const index = indexOf(values.map((x) => ({ x })));
  const plain = (edges: readonly number[]): number[] =>
    edges.slice(1).map((edge, i) => {
      const isLast = i === edges.length - 2;
      return values.filter((x) => x >= (edges[i] ?? 0) && (isLast ? x <= edge : x < edge)).length;
    });
  for (const bins of [1, 7, 256]) {
    const { edges, counts } = columnHistogram(index, { filter: [], column: 'x', binning: { kind: 'count', bins } });
    expect(edges).toHaveLength(bins + 1);
    expect([edges[0], edges[bins]]).toEqual([Math.min(...values), Math.max(...values)]);
    expect(counts).toEqual(plain(edges));
  }
  for (const bins of [undefined, 1, 3, 6, 12, 40]) {
    const binning = { kind: 'log', ...(bins !== undefined && { bins }) } as const;
    const { edges, counts, apart, summary } = histogram.parse(columnHistogram(index, { filter: [], column: 'x', binning }));
    expect(counts).toEqual(plain(edges));
    expect(edges.length - 1).toBeLessThanOrEqual(bins ?? 50);
    expect(apart).toEqual({ zeros: values.filter((x) => x === 0).length, negatives: values.filter((x) => x < 0).length });
    expect(counts.reduce((sum, n) => sum + n, 0) + (apart?.zeros ?? 0) + (apart?.negatives ?? 0)).toBe(summary.count);
  }
  expect(logEdges(1, 1000, 12)).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  expect(columnHistogram(indexOf([{ x: -1 }, { x: 0 }]), { filter: [], column: 'x', binning: { kind: 'log' } })).toMatchObject({
    counts: [0],
    apart: { zeros: 1, negatives: 1 },
  });
});

test('log edges hold values of any range', () => {
  for (const [min, max] of [
    [5e-324, Number.MAX_VALUE],
    [5e-324, 5e-324],
    [1, 1],
    [0.999, 1.001],
    [3, 3e9],
    [Number.MAX_VALUE, Number.MAX_VALUE],
  ] as const) {
    for (const most of [1, 2, 5, 50, 256]) {
      const edges = logEdges(min, max, most);
      expect(edges.length - 1, `${min} ${max} ${most}`).toBeLessThanOrEqual(most);
      expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? edge))).toBe(true);
      expect((edges[0] ?? 0) <= min && (edges[edges.length - 1] ?? 0) >= max, `${min} ${max} ${most}: ${edges.join()}`).toBe(true);
    }
  }
});

test('quantiles and cumulative shares are of the rows that other conditions keep', () => {
  const index = indexOf([{ x: 4, a: 1 }, { x: 1, a: 1 }, { x: 2, a: 1 }, { x: 3, a: 0 }, { x: null, a: 1 }, { a: 1 }]);
  const request = { filter: ['a = 1', 'x > 3'], column: 'x', probabilities: [0, 0.25, 0.5, 1], at: [0, 1, 1.5, 4, 9] };
  expect(columnQuantiles(index, request)).toEqual({ count: 3, values: [1, 1.5, 2, 4], shares: [0, 1 / 3, 1 / 3, 1, 1] });
  expect(columnQuantiles(index, { ...request, filter: ['a > 5'] })).toEqual({ count: 0, values: [], shares: [] });
});
