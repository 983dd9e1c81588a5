import type { GroupFigure } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';

/** What a query reads: rows and columns, and the figures of each row's task (made in ../select). */
export interface QueryIndex extends RowIndex {
  /** A figure over all rollouts of the row's task, as a column; missing where the task has none. */
  group(figure: GroupFigure): Column;
}
