import { expect, test } from 'vitest';
import { histogram } from '#shared/model/histogram.ts';
import { withDerivedColumns } from '../select/index.ts';
import { columnHistogram } from './histogram.ts';
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
