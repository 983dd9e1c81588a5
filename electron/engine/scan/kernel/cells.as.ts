// What the kernel reports: cells (one value of one field of one row), in blocks for each column, and lines. A row has at most
// one cell in a column, and nothing of an invalid row stays. The host drains between two rows: whatever a row holds has room.
import { BLOCK, BLOCK_CELLS, BLOCK_CODES, BLOCK_KINDS, BLOCK_NEXT, BLOCK_ROWS, BLOCKS, COLUMNS, IN, LINE_ENDS, LINE_ERROR_OFFSETS, LINE_NUMBERS, LINE_STARTS, LINE_TAGS,
  LINE_VALID, LINES_CAP, SPARE_BLOCKS, TOUCHED } from "./memory.as";
import { K_BOOLEAN, K_EXACT, K_NUMBER, K_OBJECT, K_STRING, NO_CODE } from "./kinds.as";
import { addedString, count as nodeCount, hasChildren, mayAddString, parentOf } from "./nodes.as";
import { count as stringCount, intern, internText, isString } from "./strings.as";
import { hasBackslash } from "./text.as";

// What a column holds, 64 B a node:
const C_FIRST: usize = 0;      // u32 first block not yet drained, or 0
const C_LAST: usize = 4;       // u32 block in hand, or 0
const C_USED: usize = 8;       // u32 cells in it; all blocks before are full
const C_TOTAL: usize = 12;     // u32 cells of the segment
const C_OFFSET: usize = 16;    // f64 file offset of the first of them: columns are ordered by it
const C_FIRST_ROW: usize = 24; // u32 its row
const C_CODED: usize = 28;     // u32 not 0: some cell of the segment has a code
const C_SEEN: usize = 32;      // u32 row + 1 for which the column is in TOUCHED
const C_TEXT: usize = 36;      // u32 code + 1 of the last text that stood in the file as it is

/** Turns digits into a number. */
// @ts-ignore: decorator
@external("env", "parseNumber") declare function parseNumber(p: usize, n: usize): f64;

/** The number of the current row; goes on counting from stream to stream. */
export let row: u32 = 0;
/** Lines not yet drained, and how many of them are no rollouts. */
export let lineCount: u32 = 0;
export let invalidCount: u32 = 0;
let firstRow: u32 = 0, touched: usize = TOUCHED;
let blocksEnd: usize = BLOCKS, blocksFull: usize = 0;
/** File offset of IN: f64 is exact to 2^53, past any file. */
let base: f64 = 0;

// @ts-ignore: decorator
@inline function column(id: u32): usize { return COLUMNS + (<usize>id << 6); }

/** A segment begins. */
export function reset(offset: f64): void {
  base = offset; firstRow = row;
  memory.fill(COLUMNS, 0, <usize>nodeCount << 6);
  drained();
}
export function advance(bytes: usize): void { base += <f64>bytes; }

// @ts-ignore: decorator
@inline export function fileOffset(p: usize): f64 { return base + <f64>(<isize>(p - IN)); }
/** Whether the host must drain before the next row. */
// @ts-ignore: decorator
@inline export function full(): bool { return blocksEnd >= blocksFull || lineCount >= LINES_CAP; }

/** The host has drained cells and lines. */
export function drained(): void {
  for (let id: u32 = 1; id < nodeCount; id++) { const c = column(id); store<u64>(c, 0); store<u32>(c, 0, C_USED); }
  blocksEnd = BLOCKS; blocksFull = BLOCKS + SPARE_BLOCKS * BLOCK;
  lineCount = 0; invalidCount = 0; touched = TOUCHED;
}

function nextBlock(c: usize): usize {
  const block = blocksEnd, last = <usize>load<u32>(c, C_LAST);
  blocksEnd += BLOCK;
  store<u32>(block, 0, BLOCK_NEXT);
  if (last != 0) store<u32>(last, <u32>block, BLOCK_NEXT);
  else { store<u32>(c, <u32>block, C_FIRST); blocksFull += BLOCK; }
  store<u32>(c, <u32>block, C_LAST);
  return block;
}

/** Where the cell of the row in a column is written; a second one replaces the first. */
function place(c: usize, id: u32, offset: f64): usize {
  const r = row - firstRow;
  let block = <usize>load<u32>(c, C_LAST), used = load<u32>(c, C_USED);
  if (used != 0 && load<u32>(block + (<usize>(used - 1) << 2), BLOCK_ROWS) == r) return block + <usize>(used - 1);
  if (block == 0 || used == BLOCK_CELLS) { block = nextBlock(c); used = 0; }
  if (load<u32>(c, C_SEEN) != row + 1) { store<u32>(c, row + 1, C_SEEN); store<u32>(touched, id); touched += 4; }
  const total = load<u32>(c, C_TOTAL);
  if (total == 0) { store<f64>(c, offset, C_OFFSET); store<u32>(c, r, C_FIRST_ROW); }
  store<u32>(c, total + 1, C_TOTAL);
  store<u32>(c, used + 1, C_USED);
  store<u32>(block + (<usize>used << 2), r, BLOCK_ROWS);
  return block + <usize>used;
}

/** `bits`: a number or boolean as a double, the code of a string or exact number. */
export function cell(id: u32, kind: u32, bits: u64, offset: f64): void {
  const c = column(id), p = place(c, id, offset), block = <usize>load<u32>(c, C_LAST), at = p - block;
  let code = NO_CODE;
  if (kind > K_NUMBER) {
    if (kind < K_OBJECT) { code = <u32>bits; if (code != NO_CODE) store<u32>(c, 1, C_CODED); }
    bits = reinterpret<u64>(offset);
  }
  store<u8>(p, <u8>kind, BLOCK_KINDS);
  store<u32>(block + (at << 2), code, BLOCK_CODES);
  store<u64>(block + (at << 3), bits);
}
export function numberCell(id: u32, value: f64, offset: f64): void { cell(id, K_NUMBER, reinterpret<u64>(value), offset); }
export function booleanCell(id: u32, value: bool, offset: f64): void { cell(id, K_BOOLEAN, reinterpret<u64>(value ? 1.0 : 0.0), offset); }

/** Takes back the cell of the row, if there is one. */
function dropCell(id: u32): void {
  const c = column(id), used = load<u32>(c, C_USED);
  if (used == 0 || load<u32>(<usize>load<u32>(c, C_LAST) + (<usize>(used - 1) << 2), BLOCK_ROWS) != row - firstRow) return;
  store<u32>(c, used - 1, C_USED);
  store<u32>(c, load<u32>(c, C_TOTAL) - 1, C_TOTAL);
}
/** Whatever the row said under this key, the key has come again. */
export function resetCell(id: u32): void {
  if (!hasChildren(id)) { dropCell(id); return; }
  for (let at = TOUCHED; at < touched; at += 4) {
    const other = load<u32>(at);
    for (let up = other; up != 0; up = parentOf(up)) if (up == id) { dropCell(other); break; }
  }
}

/** The code of a string of a column. */
export function internFor(id: u32, p: usize, n: usize): u32 {
  const c = column(id), last = load<u32>(c, C_TEXT);
  if (last != 0 && isString(last - 1, p, n)) return last - 1;
  if (!mayAddString(id)) return NO_CODE; // so varied that its texts stay in the file; not even looked for
  const before = stringCount, code = intern(p, n);
  if (stringCount != before) addedString(id);
  if (code != NO_CODE && !hasBackslash(p, n)) store<u32>(c, code + 1, C_TEXT);
  return code;
}
/** The code of a text that stands nowhere in the file as it is. */
export function internTextFor(id: u32, p: usize, n: usize): u32 {
  const c = column(id), last = load<u32>(c, C_TEXT);
  if (last != 0 && isString(last - 1, p, n)) return last - 1;
  if (!mayAddString(id)) return NO_CODE;
  const before = stringCount, code = internText(p, n);
  if (stringCount != before) addedString(id);
  if (code != NO_CODE) store<u32>(c, code + 1, C_TEXT);
  return code;
}
export function stringCell(id: u32, p: usize, n: usize, offset: f64): void { cell(id, K_STRING, <u64>internFor(id, p, n), offset); }
/** A string known only by its place in the file. */
export function placeCell(id: u32, offset: f64): void { cell(id, K_STRING, <u64>NO_CODE, offset); }
export function exactCell(id: u32, p: usize, n: usize, offset: f64): void { cell(id, K_EXACT, <u64>internFor(id, p, n), offset); }
/** A number that needs correct rounding; one too large for a double keeps its digits, in the file. */
export function digitsCell(id: u32, p: usize, n: usize, offset: f64): void {
  const value = parseNumber(p, n);
  if (value - value == 0) numberCell(id, value, offset);
  else cell(id, K_EXACT, <u64>NO_CODE, offset);
}

export function line(start: f64, end: f64, errorOffset: f64, error: u32, rootKind: u32, number: u32): void {
  const at = <usize>lineCount, isValid = error == 0 && rootKind == K_OBJECT;
  lineCount++;
  store<f64>(LINE_STARTS + (at << 3), start); store<f64>(LINE_ENDS + (at << 3), end); store<u32>(LINE_NUMBERS + (at << 2), number);
  store<u8>(LINE_VALID + at, <u8>isValid);
  if (isValid) return;
  invalidCount++;
  store<f64>(LINE_ERROR_OFFSETS + (at << 3), errorOffset); store<u16>(LINE_TAGS + (at << 1), <u16>(error | rootKind << 8));
}
/** Nothing of an invalid line is kept. */
export function dropRow(): void { for (let at = TOUCHED; at < touched; at += 4) dropCell(load<u32>(at)); }
export function nextRow(): void { row++; touched = TOUCHED; }

// For the host, of a node: what the segment holds of its column, and the blocks not yet drained.
export function columnTotal(id: u32): u32 { return load<u32>(column(id), C_TOTAL); }
export function columnOffset(id: u32): f64 { return load<f64>(column(id), C_OFFSET); }
export function columnFirstRow(id: u32): u32 { return load<u32>(column(id), C_FIRST_ROW); }
export function columnIsCoded(id: u32): bool { return load<u32>(column(id), C_CODED) != 0; }
export function firstBlock(id: u32): usize { return load<u32>(column(id), C_FIRST); }
export function lastBlock(id: u32): usize { return load<u32>(column(id), C_LAST); }
export function cellsInLastBlock(id: u32): u32 { return load<u32>(column(id), C_USED); }
