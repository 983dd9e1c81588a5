import type { Query } from '#shared/model/query.ts';
import { filterRows } from './filter.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { columnRanks, type Ranks } from './ranks.ts';
import { sortByRank } from './sort-numbers.ts';

/**
 * The rows of a query in its order: by the first sort key, ties by the next, then in file order. Values that have no order
 * (objects and lists), null and missing come last in both directions. Fails with bad-input on a wrong condition or column.
 */
export const queryRows = memo(bytesPerRow(4), orderedRows, JSON.stringify);

function orderedRows(index: QueryIndex, { filter, sort }: Query): Uint32Array {
  let rows = filterRows(index, filter);
  // Stable passes from the last key to the first.
  for (const { column, descending } of [...sort].reverse()) {
    const found = columnRanks(index, column);
    const ranks = descending ? reversed(found) : found.ranks;
    rows = sortByRank(rows, ranks, found.ordered + 3);
  }
  return rows;
}

function reversed({ ranks, ordered }: Ranks): Uint32Array {
  return ranks.map((rank) => (rank < ordered ? ordered - 1 - rank : rank));
}

/** The position of a row in a query's order, or null where the query leaves it out. */
export function findRow(index: QueryIndex, { query, row }: { query: Query; row: number }): number | null {
  const position = queryRows(index, query).indexOf(row);
  return position < 0 ? null : position;
}
