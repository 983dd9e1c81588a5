import type { ReviewStep } from '#shared/model/marks.ts';
import type { Query } from '#shared/model/query.ts';
import { findColumn, queryRows } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import type { MarkTable } from './mark-table.ts';

export type { ReviewStep } from '#shared/model/marks.ts';

export interface ReviewRequest {
  readonly query: Query;
  /** Where the review stands; null: at the beginning. */
  readonly row: number | null;
  readonly metric: string;
  /** Goes to where least has been decided, by bands of the metric, instead of to the next row. */
  readonly stratified: boolean;
}

/** Bands of equal width, from the smallest value to the largest. */
const bandCount = 5;
/** Band of rollouts without a value. */
const noValue = bandCount;

/**
 * The next rollout of a query without a star, a tag or a note, after the row and round to the beginning again. Stratified: of
 * the band in which fewest are decided, the lowest of equals. Fails with bad-input on a wrong condition or column.
 */
export function nextUndecided(index: DatasetIndex, table: MarkTable, { query, row, metric, stratified }: ReviewRequest): ReviewStep {
  const rows = queryRows(index, query);
  const bands = stratified ? metricBands(index, metric, rows) : undefined;
  const isDecided = (candidate: number): boolean => {
    const mark = table.marks.get(candidate);
    return mark !== undefined && (mark.star || mark.tags.length > 0 || mark.note !== '');
  };
  const decided = new Uint32Array(bandCount + 1);
  const left = new Uint32Array(bandCount + 1);
  for (const each of rows) {
    const counts = isDecided(each) ? decided : left;
    const band = bands?.of(each) ?? 0;
    counts[band] = (counts[band] ?? 0) + 1;
  }
  const wanted = leastDecided(decided, left);
  const from = row === null ? 0 : rows.indexOf(row) + 1;
  let found: number | null = null;
  for (let i = 0; i < rows.length && found === null; i++) {
    const candidate = rows[(from + i) % rows.length] ?? 0;
    if (!isDecided(candidate) && (bands === undefined || bands.of(candidate) === wanted)) found = candidate;
  }
  return {
    row: found,
    decided: decided.reduce((sum, count) => sum + count, 0),
    undecided: left.reduce((sum, count) => sum + count, 0),
    ...(bands && found !== null && { band: bands.range(wanted) }),
  };
}

/** The band that has something left and fewest decided. */
function leastDecided(decided: Uint32Array, left: Uint32Array): number {
  let best = -1;
  for (const [band, count] of left.entries()) if (count > 0 && (best < 0 || (decided[band] ?? 0) < (decided[best] ?? 0))) best = band;
  return best;
}

interface Bands {
  of(row: number): number;
  range(band: number): { low: number; high: number } | null;
}

function metricBands(index: DatasetIndex, metric: string, rows: Uint32Array): Bands {
  const numbers = findColumn(index, metric)?.numbers();
  const valueOf = (row: number): number => numbers?.[row] ?? Number.NaN;
  let [min, max] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = valueOf(row);
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // Divided first: the difference alone may overflow.
  const width = max / bandCount - min / bandCount;
  const edge = (band: number): number => (band === bandCount ? max : min + band * width);
  return {
    of(row) {
      const value = valueOf(row);
      if (!Number.isFinite(value)) return noValue;
      return width > 0 ? Math.min(bandCount - 1, Math.floor(value / width - min / width)) : 0;
    },
    range: (band) => (band === noValue ? null : { low: edge(band), high: edge(band + 1) }),
  };
}
