import { expect, test } from 'vitest';
import { withDerivedColumns } from '../select/index.ts';
import { columnBins, sortedNumbers } from './bins.ts';
import { bitsWhere } from './bitset.ts';
import { binOf } from './edges.ts';
import { summarise } from './summary.ts';
import { Tally } from './tally.ts';
import { memoryIndex } from './testing/memory-index.ts';
import { pickOf, seededRandom } from './testing/random.ts';

const random = seededRandom(17);
const kinds: Readonly<Record<string, () => number | null>> = {
  rewards: () => pickOf(random, [0, 1, 0.5, 0.25, null]),
  spread: () => (random() - 0.5) * 100,
  'far from zero': () => 1e9 + random() * 1e-3,
  'very far from zero': () => 1e15 + Math.floor(random() * 4) / 4,
  huge: () => (random() - 0.5) * 1e300,
  tiny: () => random() * 1e-300,
  mixed: () => 10 ** (random() * 30 - 15),
  equal: () => 0.1,
};

/** Mean and deviation with integers of any length: values are exact multiples of a power of two. */
function exactFigures(values: readonly number[]): { mean: number; std: number } {
  const scale = Math.max(...values.map(Math.abs)) || 1;
  const fixed = values.map((value) => BigInt(Math.round((value / scale) * 2 ** 53)) << 200n);
  const n = BigInt(values.length);
  const mean = fixed.reduce((sum, value) => sum + value, 0n) / n;
  const spread = fixed.reduce((sum, value) => sum + (value - mean) ** 2n, 0n) / (n - 1n);
  const back = (value: bigint, bits: number): number => Number(value >> BigInt(bits - 100)) / 2 ** 100;
  return { mean: back(mean, 253) * scale, std: Math.sqrt(back(spread, 506)) * scale };
}

test.each(Object.entries(kinds))('follows rows that come and go: %s', (_, make) => {
  const rows = Array.from({ length: 5000 }, () => (random() < 0.05 ? {} : { x: make() }));
  const index = withDerivedColumns(memoryIndex(rows), ['a']);
  const bins = columnBins(index, { column: 'x', binning: { kind: 'auto' } });
  const tally = new Tally(index.column('x')?.numbers() ?? new Float64Array(0), sortedNumbers(index, 'x'), bins);
  let [from, to] = [1000, 3000];
  for (let step = 0; step < 60; step++) {
    if (random() < 0.1) [from, to] = [Math.floor(random() * 2500), 2500 + Math.floor(random() * 2500)];
    else [from, to] = [Math.max(0, from + Math.floor(random() * 40 - 20)), Math.min(5000, to + Math.floor(random() * 40 - 20))];
    const isKept = (row: number): boolean => row >= from && row < to && row % 7 !== step % 2;
    tally.follow(bitsWhere(rows.length, isKept));
    const values = rows.flatMap(({ x }, row) => (isKept(row) && typeof x === 'number' ? [x] : [])).sort((a, b) => a - b);
    const counts = bins.all.map(() => 0);
    for (const value of values) counts[binOf(bins.edges, value)] = (counts[binOf(bins.edges, value)] ?? 0) + 1;
    expect(tally.counts).toEqual(counts);
    expect(tally.count).toBe(values.length);
    const { mean, std, ...others } = tally.summary(rows.length);
    const { mean: plainMean, std: plainStd, ...plain } = summarise(Float64Array.from(values), rows.length);
    expect(others).toEqual(plain);
    const reach = Math.max(...values.map(Math.abs)) * 1e-15;
    expect(Math.abs((mean ?? 0) - (plainMean ?? 0))).toBeLessThanOrEqual(reach);
    expect(Math.abs((std ?? 0) - (plainStd ?? 0))).toBeLessThanOrEqual(Math.max((plainStd ?? 0) * 1e-12, reach));
    const at = values[Math.floor(random() * values.length)] ?? 0;
    expect(tally.countUpTo(at)).toBe(values.filter((value) => value <= at).length);
  }
});

test('figures of values close together are those of exact arithmetic', () => {
  const values = Array.from({ length: 2000 }, () => 1 + random() * 1e-7);
  const index = withDerivedColumns(memoryIndex(values.map((x) => ({ x }))), ['a']);
  const bins = columnBins(index, { column: 'x', binning: { kind: 'auto' } });
  const tally = new Tally(Float64Array.from(values), sortedNumbers(index, 'x'), bins);
  // Comes and goes a thousand times.
  for (let step = 0; step < 1000; step++) tally.follow(bitsWhere(2000, (row) => (row + step) % 3 !== 0));
  tally.follow(bitsWhere(2000, (row) => row < 1500));
  const { mean, std } = exactFigures(values.slice(0, 1500));
  expect(Math.abs((tally.summary(0).mean ?? 0) / mean - 1)).toBeLessThan(3e-16);
  expect(Math.abs((tally.summary(0).std ?? 0) / std - 1)).toBeLessThan(1e-8);
});
