import type { Cell } from '#shared/model/cell.ts';
import type { ColumnKind } from '#shared/model/column.ts';
import { CellKind, type Column, NO_CODE } from '../index/types.ts';

/** Values of a computed column: one array entry a row, computed when first asked for. */
export interface DenseValues {
  /** Rows without a value are `missing`. */
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly strings: { readonly codes: Uint32Array; readonly values: readonly string[] } | null;
}

export interface DenseColumnSpec {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Rollouts with a value, and without one. */
  readonly counts: () => { present: number; missing: number };
  readonly values: () => DenseValues;
  /** The kinds alone, where they are cheaper than the values. */
  readonly kinds?: () => Uint8Array;
  /** The value of one row; much cheaper than all of them where few are wanted. */
  readonly cell: (row: number) => Cell | undefined;
}

/** A column computed from others. It must be made anew, or `values` must answer anew, when the index grows. */
export function denseColumn({ name, kind, counts, values, kinds = () => values().kinds, cell }: DenseColumnSpec): Column {
  return {
    name,
    derived: true,
    info: () => ({ name, kind, derived: true, nulls: 0, ...counts() }),
    kinds,
    numbers: () => values().numbers,
    codes: () => values().strings,
    text: (row) => {
      const value = cell(row);
      return typeof value === 'string' ? value : undefined;
    },
    cell,
  };
}

/** Values of numbers or booleans; NaN is missing. */
export function denseNumbers(numbers: Float64Array, kind: 'number' | 'boolean'): DenseValues {
  const present = kind === 'number' ? CellKind.number : CellKind.boolean;
  const kinds = new Uint8Array(numbers.length).map((_, row) => (Number.isNaN(numbers[row]) ? CellKind.missing : present));
  return { kinds, numbers, strings: null };
}

/** Values of texts by dictionary; NO_CODE is missing. */
export function denseStrings(codes: Uint32Array, values: readonly string[]): DenseValues {
  return {
    kinds: new Uint8Array(codes.length).map((_, row) => (codes[row] === NO_CODE ? CellKind.missing : CellKind.string)),
    numbers: new Float64Array(codes.length).fill(Number.NaN),
    strings: { codes, values },
  };
}
