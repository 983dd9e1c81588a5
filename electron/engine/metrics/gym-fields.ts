import { isPath } from '#shared/model/expression/index.ts';
import { columnSource } from '../index/column-names.ts';
import { CellKind, type Column, type RowIndex } from '../index/types.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for here.

/** A number field as Gym names it. */
export interface GymField {
  readonly name: string;
  /** One entry a row of the index: booleans as 0 and 1, NaN where the row has no finite number. Do not write to it. */
  numbers(): Float64Array;
}

/** Keys by which rows are told apart, and a flag: none is a measurement. */
const notMeasured = new Set(['_ng_task_index', '_ng_rollout_index', 'mask_sample']);

/**
 * The fields that Gym describes: top-level numbers and booleans of a row, and those of `response.usage`, which take the place
 * of a top-level field of the same name wherever usage has that key.
 */
export function gymFields(index: RowIndex): GymField[] {
  const byKey = new Map<string, { top?: Column; usage?: Column }>();
  for (const column of index.columns()) {
    if (column.derived) continue;
    const { scope, key } = columnSource(column.name);
    // A nested path that somebody asked for is a column too, but no field of the row.
    if (scope === 'field' && !notMeasured.has(key) && !(isPath(key) && index.fieldKinds(key) === undefined))
      byKey.set(key, { ...byKey.get(key), top: column });
    if (scope === 'usage') byKey.set(key, { ...byKey.get(key), usage: column });
  }
  return [...byKey]
    .filter(([, { top, usage }]) => mayHoldNumbers(top) || mayHoldNumbers(usage))
    .map(([name, columns]) => ({ name, numbers: () => merged(columns) }));
}

function mayHoldNumbers(column: Column | undefined): boolean {
  return column !== undefined && column.info().kind !== 'string' && column.info().present > 0;
}

function merged({ top, usage }: { top?: Column; usage?: Column }): Float64Array {
  if (!top || !usage) return (top ?? usage)?.numbers() ?? new Float64Array();
  const numbers = top.numbers().slice();
  const [kinds, over] = [usage.kinds(), usage.numbers()];
  for (let row = 0; row < numbers.length; row++) if (kinds[row] !== CellKind.missing) numbers[row] = over[row]!;
  return numbers;
}
