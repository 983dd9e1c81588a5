import { limits } from '#shared/limits.ts';
import type { Cell } from '#shared/model/cell.ts';
import type { Facet } from '#shared/model/histogram.ts';
import type { Filter } from '#shared/model/query.ts';
import { rowsOfBits } from './bitset.ts';
import { filterBits } from './filter.ts';
import { mostFrequent, wholeCell } from './frequent.ts';
import { countAbsent, otherConditions } from './histogram.ts';
import type { QueryIndex } from './query-index.ts';
import { columnRanks } from './ranks.ts';
import { requireColumn } from './require-column.ts';

// Rows and ranks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * The values of a column and how many rows hold each, most frequent first, equals in the column's order. The column's own
 * conditions are left aside. Objects and lists are not among the values, nor is a text that no condition has room for
 * (it still is one of `distinct`); true is 1 where a mixed column has both. Fails with bad-input on a wrong condition or column.
 */
export function columnFacet(index: QueryIndex, request: { filter: Filter; column: string; limit: number }): Facet {
  const column = requireColumn(index, request.column);
  const kept = filterBits(index, otherConditions(request.filter, request.column));
  const { ranks, ordered } = columnRanks(index, request.column);
  const counts = new Uint32Array(ordered);
  const firstRow = new Uint32Array(ordered);
  const rows = rowsOfBits(kept);
  for (let i = 0; i < rows.length; i++) {
    const rank = ranks[rows[i]!]!;
    if (rank >= ordered) continue;
    if (counts[rank]! === 0) firstRow[rank] = rows[i]!;
    counts[rank]!++;
  }
  const top = mostFrequent(counts);
  return {
    values: [...top.subarray(0, Math.min(request.limit, limits.facetValues))].flatMap((rank) => {
      const value = wholeCell(column, firstRow[rank]!);
      return fitsCondition(value) ? [{ value, count: counts[rank]! }] : [];
    }),
    distinct: top.length,
    ...countAbsent(index, request.column, kept),
  };
}

/** Leaves room for the name of a column and a few more values. A whole text may be many megabytes. */
function fitsCondition(value: Cell): boolean {
  const most = limits.conditionChars / 2;
  return typeof value !== 'string' || (value.length <= most && JSON.stringify(value).length <= most);
}
