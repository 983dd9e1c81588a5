// What the kernel reports: cells (one value of one field of one row) and lines. Both go to fixed buffers that the host drains.
import { CELLS, CELLS_CAP, CELLS_SLACK, IN, LINES, LINES_CAP, TEXT, TEXT_CAP } from "./memory.as";
import { K_BOOLEAN, K_CLEAR_ROW, K_DIGITS, K_EXACT, K_RESET, K_STRING, NO_CODE } from "./kinds.as";
import { addedString, mayAddString } from "./nodes.as";
import { count as stringCount, intern } from "./strings.as";

/** The number of the current row; goes on counting from stream to stream. */
export let row: u32 = 0;
export let cellEnd: usize = CELLS;
export let lineEnd: usize = LINES;
let textEnd: usize = TEXT;
/** Where the cells of the current row begin, and whether some of them are with the host already. */
let rowCells: usize = CELLS;
let rowFlushed: bool = false;
/** File offset of IN: f64 is exact to 2^53, past any file. */
let base: f64 = 0;

export function reset(offset: f64): void {
  base = offset;
  cellEnd = CELLS; lineEnd = LINES; textEnd = TEXT; rowCells = CELLS; rowFlushed = false;
}
export function advance(bytes: usize): void { base += <f64>bytes; }

// @ts-ignore: decorator
@inline export function fileOffset(p: usize): f64 { return base + <f64>(<isize>(p - IN)); }
// @ts-ignore: decorator
@inline export function full(): bool { return cellEnd > CELLS + CELLS_CAP - CELLS_SLACK || textEnd > TEXT + TEXT_CAP - 65536; }
// @ts-ignore: decorator
@inline export function linesFull(): bool { return lineEnd >= LINES + LINES_CAP; }

/** The host has drained cells, lines and digits. */
export function drained(): void {
  if (cellEnd != rowCells) rowFlushed = true;
  cellEnd = CELLS; rowCells = CELLS; lineEnd = LINES; textEnd = TEXT;
}

export function cell(id: u32, kind: u32, bits: u64, offset: f64): void {
  const o = cellEnd;
  store<u32>(o, row); store<u32>(o, id | kind << 16, 4); store<u64>(o, bits, 8); store<f64>(o, offset, 16);
  cellEnd = o + 24;
}
export function numberCell(id: u32, value: f64, offset: f64): void { cell(id, 3, reinterpret<u64>(value), offset); }
export function booleanCell(id: u32, value: bool, offset: f64): void { cell(id, K_BOOLEAN, reinterpret<u64>(value ? 1.0 : 0.0), offset); }
/** Whatever the row said under this key, the key has come again. */
export function resetCell(id: u32): void { cell(id, K_RESET, 0, 0); }

/** The code of a string of a column. */
export function internFor(id: u32, p: usize, n: usize): u32 {
  if (!mayAddString(id)) return NO_CODE; // so varied that its texts stay in the file; not even looked for
  const before = stringCount, code = intern(p, n);
  if (stringCount != before) addedString(id);
  return code;
}
export function stringCell(id: u32, p: usize, n: usize, offset: f64): void { cell(id, K_STRING, <u64>internFor(id, p, n), offset); }
/** A string known only by its place in the file. */
export function placeCell(id: u32, offset: f64): void { cell(id, K_STRING, <u64>NO_CODE, offset); }
export function exactCell(id: u32, p: usize, n: usize, offset: f64): void { cell(id, K_EXACT, <u64>internFor(id, p, n), offset); }
/** A number for the host to convert. */
export function digitsCell(id: u32, p: usize, n: usize, offset: f64): void {
  memory.copy(textEnd, p, n);
  cell(id, K_DIGITS, <u64>textEnd | <u64>n << 32, offset);
  textEnd += n;
}

export function line(start: f64, end: f64, errorOffset: f64, error: u32, rootKind: u32, number: u32): void {
  const o = lineEnd;
  store<f64>(o, start); store<f64>(o, end, 8); store<f64>(o, errorOffset, 16); store<u32>(o, error | rootKind << 8, 24); store<u32>(o, number, 28);
  lineEnd = o + 32;
}
/** Nothing of an invalid line is kept. */
export function dropRow(): void { if (rowFlushed) cell(0, K_CLEAR_ROW, 0, 0); else cellEnd = rowCells; }
export function nextRow(): void { row++; rowCells = cellEnd; rowFlushed = false; }
