import { AppError } from '#shared/errors.ts';
import { checkedExpression, splitConditions } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Dataset } from '../engine/index.ts';
import { ExpressionError } from './failure.ts';

/** `--where` as conditions, before anything is read. Fails at the character where it is no expression. */
export function parseWhere(where: string | undefined): Filter {
  return where === undefined ? [] : marked(where, () => splitConditions(where));
}

/** Holds `--where` against the columns that were found, as a whole, so that a mark stands where the user wrote it. */
export function checkWhere(where: string | undefined, dataset: Dataset): void {
  if (where !== undefined && where.trim() !== '') marked(where, () => checkedExpression(where, dataset.columns()));
}

function marked<T>(expression: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof AppError ? new ExpressionError(error, expression) : error;
  }
}
