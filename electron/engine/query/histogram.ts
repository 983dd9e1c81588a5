import { conditionColumn } from '#shared/model/expression/index.ts';
import type { Binning, Histogram, Quantiles } from '#shared/model/histogram.ts';
import type { Filter } from '#shared/model/query.ts';
import { CellKind } from '../index/types.ts';
import { columnBins, sortedNumbers } from './bins.ts';
import { type Bitset, bitsWhere, countBits, countCommon } from './bitset.ts';
import { filterBits } from './filter.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { requireColumn } from './require-column.ts';
import { stackOf } from './stack.ts';
import { Tally } from './tally.ts';

export interface HistogramRequest {
  readonly filter: Filter;
  readonly column: string;
  readonly binning: Binning;
  /** Another column, whose values divide the bars. */
  readonly by?: string | undefined;
}

/**
 * The distribution of a column's finite numbers (booleans as 0 and 1). Everything but `all`, `edges` and `distinct` is of
 * the rows that the conditions on other columns keep: a column's own conditions are shown as handles over its bars.
 * Fails with bad-input on a wrong condition, column or edges.
 */
export function columnHistogram(index: QueryIndex, request: HistogramRequest): Histogram {
  const { column, binning } = request;
  const { distinct } = sortedNumbers(index, column);
  const { edges, all } = columnBins(index, { column, binning });
  const kept = filterBits(index, otherConditions(request.filter, column));
  const tally = columnTally(index, { column, binning });
  tally.follow(kept);
  const { count } = tally;
  const rows = countBits(kept);
  const { nulls, missing } = countAbsent(index, column, kept);
  return {
    edges: [...edges],
    counts: [...tally.counts],
    all: [...all],
    nulls,
    missing,
    other: rows - count - nulls - missing,
    ...(binning.kind === 'log' && { apart: countApart(tally) }),
    ...(distinct && distinct.length > 0 && { distinct: [...distinct] }),
    ...(request.by !== undefined && { stack: stackOf(index, { column, binning }, request.by, kept) }),
    summary: tally.summary(rows),
    ...(count > 0 && { quantiles: quantiles(tally) }),
  };
}

const columnTally = memo(
  bytesPerRow(4),
  (index: QueryIndex, { column, binning }: { column: string; binning: Binning }) =>
    new Tally(requireColumn(index, column).numbers(), sortedNumbers(index, column), columnBins(index, { column, binning })),
  JSON.stringify,
);

/**
 * Values at probabilities, and shares of the numbers that are at most some values, over the rows of the histogram. Fails with
 * bad-input on a wrong condition or column.
 */
export function columnQuantiles(index: QueryIndex, request: QuantilesRequest): Quantiles {
  const tally = columnTally(index, { column: request.column, binning: { kind: 'auto' } });
  tally.follow(filterBits(index, otherConditions(request.filter, request.column)));
  const { count } = tally;
  return {
    count,
    values: count === 0 ? [] : request.probabilities.map((p) => tally.quantile(p)),
    shares: count === 0 ? [] : request.at.map((value) => tally.countUpTo(value) / count),
  };
}

export interface QuantilesRequest {
  readonly filter: Filter;
  readonly column: string;
  /** From 0 to 1. */
  readonly probabilities: readonly number[];
  readonly at: readonly number[];
}

function countApart(tally: Tally): { zeros: number; negatives: number } {
  const negatives = tally.countUpTo(-Number.MIN_VALUE);
  return { zeros: tally.countUpTo(0) - negatives, negatives };
}

/** The conditions that are not about this very column alone. */
export function otherConditions(filter: Filter, column: string): Filter {
  return filter.filter((condition) => conditionColumn(condition) !== column);
}

/** How many of the kept rows hold null, or lack the field. */
export function countAbsent(index: QueryIndex, name: string, kept: Bitset): { nulls: number; missing: number } {
  const { nullBits, missingBits } = absentBits(index, name);
  return { nulls: countCommon(kept, nullBits), missing: countCommon(kept, missingBits) };
}

const absentBits = memo(bytesPerRow(0.25), (index: QueryIndex, name: string) => {
  const kinds = requireColumn(index, name).kinds();
  const ofKind = (kind: CellKind): Bitset => bitsWhere(index.rowCount, (row) => kinds[row] === kind);
  return { nullBits: ofKind(CellKind.null), missingBits: ofKind(CellKind.missing) };
});

function quantiles(tally: Tally): Histogram['quantiles'] {
  const at = (p: number): number => tally.quantile(p);
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}
