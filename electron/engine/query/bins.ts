import { AppError } from '#shared/errors.ts';
import type { Binning } from '#shared/model/histogram.ts';
import { automaticEdges, discreteLimit, equalEdges, logEdges } from './edges.ts';
import { bytesPerRow, memo } from './memo.ts';
import { sortedNumberRows } from './ranks.ts';
import type { QueryIndex } from './query-index.ts';
import { requireColumn } from './require-column.ts';

// Rows and bins are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** The finite numbers of all rollouts, ascending, with the row of each. */
export interface SortedNumbers {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
  /** All distinct values, when there are at most `discreteLimit`. */
  readonly distinct: readonly number[] | undefined;
  readonly integers: boolean;
}

export const sortedNumbers = memo(bytesPerRow(12), (index: QueryIndex, name: string): SortedNumbers => {
  const numbers = requireColumn(index, name).numbers();
  const sorted = sortedNumberRows(index, name);
  let [start, end] = [0, sorted.length]; // the infinite ones are at the ends
  while (start < end && numbers[sorted[start]!] === -Infinity) start++;
  while (start < end && numbers[sorted[end - 1]!] === Infinity) end--;
  const rows = sorted.subarray(start, end);
  const values = new Float64Array(rows.length).map((_, i) => numbers[rows[i]!]!);
  const distinct: number[] = [];
  let integers = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (i > 0 && value === values[i - 1]) continue;
    if (distinct.length <= discreteLimit) distinct.push(value + 0); // -0 becomes 0
    integers &&= Number.isInteger(value);
  }
  return { rows, values, distinct: distinct.length <= discreteLimit ? distinct : undefined, integers };
});

/** Which bin each number of a column is in. */
export interface Bins {
  readonly edges: readonly number[];
  /** Parallel to SortedNumbers.rows; `outside` where no bin holds the value. */
  readonly bins: Uint16Array;
  /** Rollouts in each bin. */
  readonly all: number[];
}

/** In `Bins.bins`: the value is in no bin. */
export const outside = 0xffff;

/** The bins of a column over all rollouts. Fails with bad-input when chosen edges do not increase. */
export const columnBins = memo(bytesPerRow(2), computeBins, (input) => JSON.stringify(input));

function computeBins(index: QueryIndex, { column, binning }: { column: string; binning: Binning }): Bins {
  const { values, distinct, integers } = sortedNumbers(index, column);
  const edges = chosenEdges(binning, values, distinct, integers);
  const bins = new Uint16Array(values.length);
  const all = Array.from({ length: edges.length - 1 }, () => 0);
  // Values ascend, and so do their bins.
  for (let i = 0, bin = 0; i < values.length; i++) {
    const value = values[i]!;
    while (bin < all.length - 1 && value >= edges[bin + 1]!) bin++;
    const inside = value >= edges[bin]! && value <= edges[bin + 1]!;
    bins[i] = inside ? bin : outside;
    if (inside) all[bin]!++;
  }
  return { edges, bins, all };
}

function chosenEdges(
  binning: Binning,
  values: Float64Array,
  distinct: readonly number[] | undefined,
  integers: boolean,
): readonly number[] {
  if (binning.kind === 'edges') return checkedEdges(binning.edges);
  if (values.length === 0) return [0, 1];
  const min = values[0]! + 0;
  const max = values[values.length - 1]! + 0;
  switch (binning.kind) {
    case 'auto':
      return automaticEdges({ min, max, integers, distinct });
    case 'count':
      return equalEdges(min, max, binning.bins);
    case 'log': {
      const above = values.find((value) => value > 0);
      return above === undefined ? [1, 10] : logEdges(above, max, binning.bins);
    }
  }
}

function checkedEdges(edges: readonly number[]): readonly number[] {
  if (edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)) return edges;
  throw new AppError('bad-input', 'The edges of the bins must increase.');
}
