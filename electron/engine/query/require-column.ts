import { computedOperand, type Operand, operandKind, unknownColumn } from '#shared/model/expression/index.ts';
import type { Column } from '../index/types.ts';
import { knownTo } from './column-infos.ts';
import type { QueryIndex } from './query-index.ts';

/**
 * A column by name: one of the dataset, or what the name computes (`group.mean`, `reward - 0.1 * truncated`). Fails with
 * bad-input and the nearest names where there is none.
 */
export function requireColumn(index: QueryIndex, name: string): Column {
  const column = findColumn(index, name);
  if (column) return column;
  throw unknownColumn(name, knownTo(index));
}

/** The same, undefined where there is no such column. Fails with bad-input where something is computed from what is no number. */
export function findColumn(index: QueryIndex, name: string): Column | undefined {
  const column = index.column(name);
  if (column) return column;
  const computed = computedOperand(name);
  if (!computed) return undefined;
  operandKind(computed, knownTo(index));
  return index.computed(computed);
}

/** A number for each row, NaN where it has none: of a column or of what the name computes; undefined where there is no such metric. */
export function metricNumbers(index: QueryIndex, metric: string): Float64Array | undefined {
  return findColumn(index, metric)?.numbers();
}

/** The column of an operand that was held against the columns there are. */
export function operandColumn(index: QueryIndex, operand: Operand): Column {
  return operand.kind === 'column' ? requireColumn(index, operand.name) : index.computed(operand);
}
