import type { ColumnInfo } from '#shared/model/column.ts';
import type { RowIndex } from '../index/types.ts';
import { untilGrown } from './memo.ts';

/** What is known of each column now. */
export const columnInfos = untilGrown((index: RowIndex): readonly ColumnInfo[] =>
  [...index.columns(), ...(index.unlisted?.() ?? [])].map((column) => column.info()),
);
