import { CellKind, type Column, NO_CODE } from '../index/types.ts';
import { hasBit } from './bitset.ts';
import { compareDecimals, isBeyondFloat } from './decimal.ts';
import { type TextCodes, textCodes } from './text-codes.ts';
import { textPieces } from './text-pieces.ts';
import type { QueryIndex } from './query-index.ts';
import { requireColumn } from './require-column.ts';
import { bytesPerRow, memoInSteps } from './memo.ts';
import { rankPieces } from './rank-pieces.ts';
import { rolloutBits } from './rollout-bits.ts';
import { told } from './shares.ts';
import { sortByNumberSteps } from './sort-numbers.ts';
import { sortTextsSteps } from './sort-texts.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/**
 * The place of each row's value in a column's order: equal values have equal ranks. Values with an order (numbers, then
 * texts) have ranks below `ordered`; after them come objects and lists, null, and missing, in this order.
 */
export interface Ranks {
  readonly ranks: Uint32Array;
  readonly ordered: number;
}

/** Rollouts that hold a number (booleans are 0 and 1; infinite only where float64 cannot hold it), by value, stable. */
export const sortedNumberRows = memoInSteps(bytesPerRow(4), function* (index: QueryIndex, name: string): Generator<void, Uint32Array> {
  const numbers = requireColumn(index, name).numbers();
  const rollouts = rolloutBits(index);
  const rows = new Uint32Array(index.rowCount);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (!Number.isNaN(numbers[row]!) && hasBit(rollouts, row)) rows[count++] = row;
  return yield* sortByNumberSteps(rows.subarray(0, count), numbers);
});

/** See Ranks. Ranks of invalid lines mean nothing. */
export const columnRanks = memoInSteps(bytesPerRow(4), function* (index: QueryIndex, name: string, tell): Generator<void, Ranks> {
  const column = requireColumn(index, name);
  const kinds = column.kinds();
  const ranks = new Uint32Array(index.rowCount);
  const numbers = rankNumbers(column, yield* sortedNumberRows.steps(index, name), ranks);
  yield;
  const texts = column.codes()
    ? rankCodes(yield* textCodes.steps(index, name), ranks, numbers)
    : rankRead(column, { ranks, first: numbers, tell });
  const ordered = numbers + (yield* texts);
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
    if (hasExact && isBeyondFloat(value)) rank = rankByDigits(column, sorted.subarray(start, end), ranks, rank);
    else {
      for (let i = start; i < end; i++) ranks[sorted[i]!] = rank;
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
function* rankCodes({ codes, values }: TextCodes, ranks: Uint32Array, first: number): Generator<void, number> {
  const rankOf = new Uint32Array(values.length);
  (yield* sortTextsSteps(values)).forEach((code, rank) => (rankOf[code] = first + rank));
  yield;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code !== NO_CODE) ranks[row] = rankOf[code]!;
  }
  return values.length;
}

/** The same for texts that are not all in a dictionary. */
function* rankRead(
  column: Column,
  { ranks, first, tell }: { ranks: Uint32Array; first: number; tell: (share: number) => void },
): Generator<void, number> {
  const pieces = textPieces(column);
  const found = yield* told(rankPieces(pieces), tell);
  for (let text = 0; text < pieces.rows.length; text++) ranks[pieces.rows[text]!] = first + found.ranks[text]!;
  return found.count;
}
