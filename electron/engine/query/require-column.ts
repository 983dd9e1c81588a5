import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';

/** A column by name. Fails with bad-input and the nearest names where there is none. */
export function requireColumn(index: RowIndex, name: string): Column {
  const column = index.column(name);
  if (column) return column;
  const near = nearestNames(
    name,
    index.columns().map((each) => each.name),
  );
  throw new AppError('bad-input', `No column "${name}".${near[0] === undefined ? '' : ` Did you mean "${near[0]}"?`}`, {
    suggestions: near,
  });
}
