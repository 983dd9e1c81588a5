import { AppError } from '#shared/errors.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { checkedExpression } from '#shared/model/expression/index.ts';

/** What is wrong with a condition of this dataset, or null. While no columns are known nothing is. */
export function conditionProblem(text: string, columns: readonly ColumnInfo[], { limits }: Pick<DatasetState, 'limits'>): AppError | null {
  if (columns.length === 0) return null;
  try {
    checkedExpression(text, columns, { moreKeys: limits !== undefined });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Where in a filter the conditions stand that this dataset cannot answer. */
export function brokenConditions(filter: readonly string[], columns: readonly ColumnInfo[], state: Pick<DatasetState, 'limits'>): number[] {
  return filter.flatMap((condition, index) => (conditionProblem(condition, columns, state) === null ? [] : [index]));
}
