import { CellKind, NO_CODE } from '../index/types.ts';
import { bytesPerRow, memoInSteps } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { requireColumn } from './require-column.ts';

/** A code for each row, NO_CODE where it holds no text, and the text of each code. */
export interface TextCodes {
  readonly codes: Uint32Array;
  readonly values: readonly string[];
}

/** Read between two yields. */
const rowsPerStep = 64;

/** The texts of a column by code. A column that keeps no dictionary of its own is read, every row of it. */
export const textCodes = memoInSteps(bytesPerRow(100), function* (index: QueryIndex, name: string): Generator<void, TextCodes> {
  const column = requireColumn(index, name);
  const dictionary = column.codes();
  if (dictionary) return dictionary;
  const kinds = column.kinds();
  const codes = new Uint32Array(index.rowCount).fill(NO_CODE);
  const known = new Map<string, number>();
  for (let row = 0; row < codes.length; row++) {
    if (kinds[row] !== CellKind.string) continue;
    const text = column.text(row) ?? '';
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    codes[row] = code;
    if (row % rowsPerStep === 0) yield;
  }
  return { codes, values: [...known.keys()] };
});
