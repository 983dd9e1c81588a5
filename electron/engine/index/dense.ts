import type { Places } from './places.ts';
import { IN_FILE, type StoredColumn, type StoredPart } from './stored-column.ts';
import { CellKind, NO_CODE } from './types.ts';

/** The dense forms of a stored column: one entry a row of the whole index. */

export function denseKinds(column: StoredColumn, places: Places): Uint8Array {
  const kinds = new Uint8Array(places.rowCount);
  forEachCell(column, places, (part, at, row) => {
    kinds[row] = (part.kinds[at] ?? 0) & ~IN_FILE;
  });
  return kinds;
}

/** `exactInFile` reads the number whose digits lie at an offset of the row's file. */
export function denseNumbers(column: StoredColumn, places: Places, exactInFile: (row: number, offset: number) => number): Float64Array {
  const numbers = new Float64Array(places.rowCount).fill(Number.NaN);
  if (!column.hasNumbers) return numbers;
  const exact = column.dictionary.values;
  forEachCell(column, places, (part, at, row) => {
    const kind = part.kinds[at] ?? 0;
    const value = part.values[at] ?? 0;
    if (kind === CellKind.number || kind === CellKind.boolean) numbers[row] = value;
    else if (kind === CellKind.exact) numbers[row] = Number(exact[value]);
    else if (kind === (CellKind.exact | IN_FILE)) numbers[row] = exactInFile(row, value);
  });
  return numbers;
}

export function denseCodes(column: StoredColumn, places: Places): Uint32Array {
  const codes = new Uint32Array(places.rowCount).fill(NO_CODE);
  if (!column.hasStrings) return codes;
  forEachCell(column, places, (part, at, row) => {
    if (part.kinds[at] === CellKind.string) codes[row] = part.values[at] ?? NO_CODE;
  });
  return codes;
}

/** Every cell, in the order of the rows. */
export function forEachCell(column: StoredColumn, places: Places, visit: (part: StoredPart, at: number, row: number) => void): void {
  column.parts.forEach((part, segment) => {
    if (!part) return;
    const first = places.firstRow(segment);
    const { rows, kinds } = part;
    for (let at = 0; at < kinds.length; at++) visit(part, at, first + (rows === null ? at : (rows[at] ?? 0)));
  });
}
