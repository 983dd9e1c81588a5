import type { RowIndex } from './types.ts';

/** The line of a row, of which no more is read than someone asks for. Reading fails with `changed`. */
export function lineBytes(index: RowIndex, row: number): { length: number; read(start: number, end: number): Uint8Array } {
  const { start, end } = index.place(row);
  return { length: end - start, read: (from, to) => index.readLineSlice(row, from, to) };
}
