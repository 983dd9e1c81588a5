import { conditionColumn } from '#shared/model/expression/index.ts';
import type { Binning, Histogram, Quantiles } from '#shared/model/histogram.ts';
import type { Filter } from '#shared/model/query.ts';
import { CellKind } from '../index/types.ts';
import { columnBins, outside, sortedNumbers } from './bins.ts';
import { andBits, type Bitset, bitsWhere, countBits, hasBit } from './bitset.ts';
import { filterBits } from './filter.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { requireColumn } from './require-column.ts';
import { quantile, summarise } from './summary.ts';

// Positions and bins are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * The distribution of a column's finite numbers (booleans as 0 and 1). Everything but `all`, `edges` and `distinct` is of
 * the rows that the conditions on other columns keep: a column's own conditions are shown as handles over its bars.
 * Fails with bad-input on a wrong condition, column or edges.
 */
export function columnHistogram(index: QueryIndex, request: { filter: Filter; column: string; binning: Binning }): Histogram {
  const { column, binning } = request;
  const sorted = sortedNumbers(index, column);
  const { edges, bins, all } = columnBins(index, { column, binning });
  const kept = filterBits(index, otherConditions(request.filter, column));
  const counts = all.map(() => 0);
  const numbers = new Float64Array(sorted.rows.length);
  let count = 0;
  for (let i = 0; i < bins.length; i++) {
    if (!hasBit(kept, sorted.rows[i]!)) continue;
    numbers[count++] = sorted.values[i]!;
    const bin = bins[i]!;
    if (bin !== outside) counts[bin]!++;
  }
  const ascending = numbers.subarray(0, count);
  const rows = countBits(kept);
  const { nulls, missing } = countAbsent(index, column, kept);
  return {
    edges: [...edges],
    counts,
    all: [...all],
    nulls,
    missing,
    other: rows - count - nulls - missing,
    ...(binning.kind === 'log' && { apart: countApart(ascending) }),
    ...(sorted.distinct && sorted.distinct.length > 0 && { distinct: [...sorted.distinct] }),
    summary: summarise(ascending, rows),
    ...(count > 0 && { quantiles: quantiles(ascending) }),
  };
}

/**
 * Values at probabilities, and shares of the numbers that are at most some values, over the rows of the histogram. Fails with
 * bad-input on a wrong condition or column.
 */
export function columnQuantiles(index: QueryIndex, request: QuantilesRequest): Quantiles {
  const { rows, values } = sortedNumbers(index, request.column);
  const kept = filterBits(index, otherConditions(request.filter, request.column));
  const ascending = values.filter((_, i) => hasBit(kept, rows[i]!));
  return {
    count: ascending.length,
    values: ascending.length === 0 ? [] : request.probabilities.map((p) => quantile(ascending, p)),
    shares: ascending.length === 0 ? [] : request.at.map((value) => countUpTo(ascending, value) / ascending.length),
  };
}

export interface QuantilesRequest {
  readonly filter: Filter;
  readonly column: string;
  /** From 0 to 1. */
  readonly probabilities: readonly number[];
  readonly at: readonly number[];
}

/** How many of ascending numbers are at most a value. */
function countUpTo(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countApart(ascending: Float64Array): { zeros: number; negatives: number } {
  const upToZero = countUpTo(ascending, 0);
  const negatives = countUpTo(ascending, -Number.MIN_VALUE);
  return { zeros: upToZero - negatives, negatives };
}

/** The conditions that are not about this very column alone. */
export function otherConditions(filter: Filter, column: string): Filter {
  return filter.filter((condition) => conditionColumn(condition) !== column);
}

/** How many of the kept rows hold null, or lack the field. */
export function countAbsent(index: QueryIndex, name: string, kept: Bitset): { nulls: number; missing: number } {
  const { nullBits, missingBits } = absentBits(index, name);
  return { nulls: countBits(andBits(kept, nullBits)), missing: countBits(andBits(kept, missingBits)) };
}

const absentBits = memo(bytesPerRow(0.25), (index: QueryIndex, name: string) => {
  const kinds = requireColumn(index, name).kinds();
  const ofKind = (kind: CellKind): Bitset => bitsWhere(index.rowCount, (row) => kinds[row] === kind);
  return { nullBits: ofKind(CellKind.null), missingBits: ofKind(CellKind.missing) };
});

function quantiles(ascending: Float64Array): Histogram['quantiles'] {
  const at = (p: number): number => quantile(ascending, p);
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}
