import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { CellKind, type Column, NO_CODE, type RowIndex } from '../index/types.ts';
import { rolloutBits } from './filter.ts';
import { hasBit } from './bitset.ts';
import { compareDecimals } from './decimal.ts';
import { memo } from './memo.ts';
import { sortByNumber } from './sort-numbers.ts';
import { sortTexts } from './sort-texts.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/**
 * The place of each row's value in a column's order: equal values have equal ranks. Values with an order (numbers, then
 * texts) have ranks below `ordered`; after them come objects and lists, null, and missing, in this order.
 */
export interface Ranks {
  readonly ranks: Uint32Array;
  readonly ordered: number;
}

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

/** Rollouts that hold a number (booleans are 0 and 1; infinite only where float64 cannot hold it), by value, stable. */
export const sortedNumberRows = memo(12, (index: RowIndex, name: string): Uint32Array => {
  const numbers = requireColumn(index, name).numbers();
  const rollouts = rolloutBits(index);
  const rows = new Uint32Array(index.rowCount);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (!Number.isNaN(numbers[row]!) && hasBit(rollouts, row)) rows[count++] = row;
  return sortByNumber(rows.subarray(0, count), numbers);
});

/** See Ranks. Ranks of invalid lines mean nothing. */
export const columnRanks = memo(8, (index: RowIndex, name: string): Ranks => {
  const column = requireColumn(index, name);
  const kinds = column.kinds();
  const ranks = new Uint32Array(index.rowCount);
  const numbers = rankNumbers(column, sortedNumberRows(index, name), ranks);
  const ordered = numbers + rankTexts(column, index.rowCount, ranks, numbers);
  for (let row = 0; row < kinds.length; row++) {
    const kind = kinds[row]!;
    if (kind === CellKind.missing) ranks[row] = ordered + 2;
    else if (kind === CellKind.null) ranks[row] = ordered + 1;
    else if (kind >= CellKind.object) ranks[row] = ordered;
  }
  return { ranks, ordered };
});

/** Writes the ranks of numbers from 0; answers how many there are. Numbers that only their digits tell apart differ. */
function rankNumbers(column: Column, sorted: Uint32Array, ranks: Uint32Array): number {
  const numbers = column.numbers();
  const hasExact = column.kinds().includes(CellKind.exact);
  let rank = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = numbers[sorted[start]!]!;
    while (end < sorted.length && numbers[sorted[end]!] === value) end++;
    const equal = sorted.subarray(start, end);
    if (hasExact && Math.abs(value) >= 2 ** 53) rank = rankByDigits(column, equal, ranks, rank);
    else {
      for (const row of equal) ranks[row] = rank;
      rank++;
    }
  }
  return rank;
}

function rankByDigits(column: Column, rows: Uint32Array, ranks: Uint32Array, first: number): number {
  const numbers = column.numbers();
  const digits = Array.from(rows, (row) => ({ row, text: column.text(row) ?? String(numbers[row]) }));
  digits.sort((a, b) => compareDecimals(a.text, b.text));
  let rank = first;
  digits.forEach(({ row, text }, i) => {
    if (i > 0 && compareDecimals(digits[i - 1]!.text, text) !== 0) rank++;
    ranks[row] = rank;
  });
  return rank + 1;
}

/** Writes the ranks of texts from `first`, by code points; answers how many there are. */
function rankTexts(column: Column, rowCount: number, ranks: Uint32Array, first: number): number {
  const { codes, values } = column.codes() ?? readTexts(column, rowCount);
  const rankOf = new Uint32Array(values.length);
  sortTexts(values).forEach((code, rank) => (rankOf[code] = first + rank));
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row]!;
    if (code !== NO_CODE) ranks[row] = rankOf[code]!;
  }
  return values.length;
}

/** A dictionary for a column that keeps none: reads every text. */
export function readTexts(column: Column, rowCount: number): { codes: Uint32Array; values: readonly string[] } {
  const kinds = column.kinds();
  const codes = new Uint32Array(rowCount).fill(NO_CODE);
  const known = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    if (kinds[row] !== CellKind.string) continue;
    const text = column.text(row) ?? '';
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    codes[row] = code;
  }
  return { codes, values: [...known.keys()] };
}
