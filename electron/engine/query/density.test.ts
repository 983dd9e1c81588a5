import { expect, test } from 'vitest';
import { type Binning, density, histogram } from '#shared/model/histogram.ts';
import { withDerivedColumns } from '../select/index.ts';
import { columnDensity, type DensityRequest } from './density.ts';
import { columnHistogram } from './histogram.ts';
import { memoryIndex, type MemoryRow } from './testing/memory-index.ts';
import { pickOf, seededRandom } from './testing/random.ts';

const indexOf = (rows: readonly MemoryRow[]) => withDerivedColumns(memoryIndex(rows), ['a']);
const auto = { kind: 'auto' } as const;

function densityOf(index: ReturnType<typeof indexOf>, request: DensityRequest) {
  const steps = columnDensity(index, request);
  for (;;) {
    const step = steps.next();
    if (step.done) return density.parse(step.value);
  }
}

/** The bin of a value, by looking at each: the last one holds its upper edge too. */
function binIn(edges: readonly number[], value: unknown): number {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return -1;
  return edges.slice(1).findIndex((upper, i) => number >= edges[i]! && (number < upper || (i === edges.length - 2 && number === upper)));
}

const random = seededRandom(77);
const rows = Array.from({ length: 3000 }, (_, i): MemoryRow => {
  if (i % 40 === 39) return 'invalid';
  return {
    x: pickOf(random, [random(), random() * 5 - 2, 0, 1, null, 'text', true, Infinity]),
    ...(random() < 0.9 && { y: Math.floor(10 ** (random() * 5)) - 1 }),
    ...(random() < 0.95 && { kind: pickOf(random, ['a', 'b', 'b', 'c', 'd', 'e', 'f', 'g', 'h', `rare ${i}`]) }),
    flag: random() < 0.5,
  };
});
const index = indexOf(rows);

const cases: [Binning, Binning, string[]][] = [
  [auto, auto, []],
  [auto, { kind: 'log' }, ['flag']],
  [{ kind: 'count', bins: 7 }, { kind: 'edges', edges: [0, 10, 100] }, ['y < 500', 'x > 0', 'flag', 'x > 0 or flag']],
];

test.each(cases)('rows in each bin of two columns, their own conditions left aside: %j %j %j', (x, y, filter) => {
  const result = densityOf(index, { filter, x: { column: 'x', binning: x }, y: { column: 'y', binning: y } });
  const kept = rows.filter((row) => row !== 'invalid' && (!filter.includes('flag') || row['flag'] === true));
  const expected = result.counts.map(() => 0);
  let without = 0;
  for (const row of kept) {
    if (row === 'invalid') continue;
    const [i, j] = [binIn(result.x, row['x']), binIn(result.y, row['y'])];
    if (i < 0 || j < 0) without++;
    else expected[j * (result.x.length - 1) + i]!++;
  }
  expect(result.counts).toEqual(expected);
  expect(result.without).toBe(without);
});

test('bars by the values of another column add up to the bars, the most frequent values first whatever the filter', () => {
  const { stack, counts, edges } = histogram.parse(columnHistogram(index, { filter: ['flag'], column: 'y', binning: auto, by: 'kind' }));
  const frequency = new Map<unknown, number>();
  for (const row of rows) if (row !== 'invalid' && 'kind' in row) frequency.set(row['kind'], (frequency.get(row['kind']) ?? 0) + 1);
  const top = [...frequency].sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1)).slice(0, 7);
  expect(stack?.parts.map(({ value }) => value)).toEqual(top.map(([value]) => value));
  const countOf = (test: (kind: unknown) => boolean) => {
    const found = edges.slice(1).map(() => 0);
    for (const row of rows) {
      if (row === 'invalid' || row['flag'] !== true || !test(row['kind'])) continue;
      const bin = binIn(edges, row['y']);
      if (bin >= 0) found[bin]!++;
    }
    return found;
  };
  for (const { value, counts: part } of stack?.parts ?? []) expect(part).toEqual(countOf((kind) => kind === value));
  expect(stack?.rest).toEqual(countOf((kind) => !top.some(([value]) => value === kind)));
  const sum = (bin: number) =>
    [...(stack?.parts ?? []).map((part) => part.counts), stack?.rest ?? []].reduce((all, part) => all + part[bin]!, 0);
  expect(counts.map((_, bin) => sum(bin))).toEqual(counts);
});

test('columns without a number, and an unknown one', () => {
  const empty = indexOf([{ s: 'a', x: 1 }]);
  expect(densityOf(empty, { filter: [], x: { column: 's', binning: auto }, y: { column: 'x', binning: auto } })).toMatchObject({
    counts: [0],
    without: 1,
  });
  expect(() => densityOf(empty, { filter: [], x: { column: 'nope', binning: auto }, y: { column: 'x', binning: auto } })).toThrow(
    'No column "nope"',
  );
});
