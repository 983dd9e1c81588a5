import type { Query, Range } from '#shared/model/query.ts';
import { countBits, hasBit, rowsBetween, rowsOfBits } from './bitset.ts';
import { filterBits } from './filter.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { columnRanks, type Ranks } from './ranks.ts';
import { rolloutBits } from './rollout-bits.ts';
import { sortByRank } from './sort-numbers.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * The rows of a query in its order: by the first sort key, ties by the next, then in file order. Values that have no order
 * (objects and lists), null and missing come last in both directions. Fails with bad-input on a wrong condition or column.
 */
export const queryRows = memo(
  bytesPerRow(4),
  (index: QueryIndex, { filter, sort }: Query): Uint32Array => {
    const kept = filterBits(index, filter);
    if (sort.length === 0) return rowsOfBits(kept);
    const order = wholeOrder(index, sort);
    const rows = new Uint32Array(countBits(kept));
    for (let i = 0, at = 0; at < rows.length; i++) if (hasBit(kept, order[i]!)) rows[at++] = order[i]!;
    return rows;
  },
  JSON.stringify,
);

/** All rollouts in an order, sorted once however often the filter changes. */
const wholeOrder = memo(
  bytesPerRow(4),
  (index: QueryIndex, sort: Query['sort']): Uint32Array => {
    let rows = rowsOfBits(rolloutBits(index));
    // Stable passes from the last key to the first.
    for (const { column, descending } of [...sort].reverse()) {
      const found = columnRanks(index, column);
      const ranks = descending ? reversed(found) : found.ranks;
      rows = sortByRank(rows, ranks, found.ordered + 3);
    }
    return rows;
  },
  JSON.stringify,
);

/** Rows number `start` to `end` of a query, and how many there are in all: without an order nothing is listed but those. */
export function windowOfRows(index: QueryIndex, query: Query, { start, end }: Range): { total: number; rows: number[] } {
  if (query.sort.length === 0) {
    const kept = filterBits(index, query.filter);
    return { total: countBits(kept), rows: rowsBetween(kept, start, end) };
  }
  const all = queryRows(index, query);
  return { total: all.length, rows: [...all.subarray(start, Math.max(start, end))] };
}

function reversed({ ranks, ordered }: Ranks): Uint32Array {
  return ranks.map((rank) => (rank < ordered ? ordered - 1 - rank : rank));
}

/** The position of a row in a query's order, or null where the query leaves it out. */
export function findRow(index: QueryIndex, { query, row }: { query: Query; row: number }): number | null {
  const position = queryRows(index, query).indexOf(row);
  return position < 0 ? null : position;
}
