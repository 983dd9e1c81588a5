import type { ColumnInfo } from '#shared/model/column.ts';
import type { RowIndex } from '../index/types.ts';
import type { Known } from '#shared/model/expression/index.ts';
import { asUnchanging, untilGrown } from './memo.ts';
import type { QueryIndex } from './query-index.ts';

/** What is known of each column now. */
export const columnInfos = untilGrown((index: RowIndex): readonly ColumnInfo[] =>
  [...index.columns(), ...(index.unlisted?.() ?? [])].map((column) => column.info()),
);

/** What expressions are held against. */
export function knownTo(index: QueryIndex): Known {
  // Which columns of marks there are and of what kind does not change with the marks in them.
  return {
    columns: asUnchanging(() => columnInfos(index)),
    rules: index.rowSets.problemRules(),
    moreKeys: index.unlistedKeys !== undefined,
  };
}
