import { AppError } from '#shared/errors.ts';
import { splitConditions } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Dataset } from '../engine/index.ts';
import type { Context } from './context.ts';
import { ExpressionError } from './failure.ts';
import { progressLine } from './progress.ts';

/** `--where` as conditions, before anything is read. Fails at the character where it is no expression. */
export function parseWhere(where: string | undefined): Filter {
  return where === undefined ? [] : marked(where, () => splitConditions(where));
}

/**
 * Reads what `--where` and columns named elsewhere need from the lines, and holds `--where` against what was found, as a
 * whole, so that a mark stands where the user wrote it.
 */
export async function checkWhere(
  where: string | undefined,
  dataset: Dataset,
  context: Context,
  columns: readonly string[] = [],
): Promise<void> {
  const line = progressLine(context);
  try {
    await dataset.prepare(
      { filter: parseWhere(where), columns },
      { signal: context.signal, onProgress: (progress) => line.show(linesText(progress)) },
    );
  } finally {
    line.clear();
  }
  if (where !== undefined && where.trim() !== '') marked(where, () => dataset.check(where));
}

function linesText({ rowsDone, rowsTotal }: { rowsDone: number; rowsTotal: number }): string {
  return `Reading lines for the conditions  ${Math.floor((rowsDone / rowsTotal) * 100)} %`;
}

function marked<T>(expression: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof AppError ? new ExpressionError(error, expression) : error;
  }
}
