// Names of the tools a row calls and of those it was offered: two sets, each reported as one text, name after name with a newline
// between, in the order in which they first come. A row whose set finds no room here is reported without a text: it is read again.
import { C_CALLED, C_OFFERED_NAMES, K_STRING, M_CALL, M_CALL_FUNCTION, M_CALL_NAME, M_ITEM_NAME, M_TOOL, M_TOOL_FUNCTION, M_TOOL_FUNCTION_NAME, M_TOOL_NAME, NO_CODE } from "./kinds.as";
import { cell, internTextFor } from "./cells.as";
import { DECODED } from "./memory.as";
import { decode, hasBackslash, sameBytes } from "./text.as";

/** Bytes of one name as the line writes it; bytes and names of one set. */
const LONGEST: usize = 512;
const MOST_BYTES: usize = 4096;
const MOST: u32 = 256;

// A set, 5,152 bytes: u32 names, u32 bytes, u32 not 0 where it is not whole; then for each name u32 offset | length << 16; then their bytes.
const BYTES: usize = 4, BROKEN: usize = 8, ENTRIES: usize = 16, TEXT: usize = 16 + 4 * 256;
const called: usize = memory.data(5152), offered: usize = memory.data(5152);
/** Calls of the item in hand: it may prove to be another's. And single names: of the item, the call, the tool and the tool's function. */
const ofCalls: usize = memory.data(5152), ofItem: usize = memory.data(5152), ofCall: usize = memory.data(5152), ofTool: usize = memory.data(5152), ofFunction: usize = memory.data(5152);

// @ts-ignore: decorator
@inline function clear(set: usize): void { store<u64>(set, 0); store<u32>(set, 0, BROKEN); }
// @ts-ignore: decorator
@inline function isEmpty(set: usize): bool { return (load<u32>(set) | load<u32>(set, BROKEN)) == 0; }

/** Adds a name without escapes, unless it is there. */
function add(set: usize, p: usize, n: usize): void {
  const count = load<u32>(set), from = <usize>load<u32>(set, BYTES);
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(set + (<usize>i << 2), ENTRIES);
    if (entry >> 16 == <u32>n && sameBytes(set + TEXT + <usize>(entry & 0xffff), p, n)) return;
  }
  if (count == MOST || from + n > MOST_BYTES) { store<u32>(set, 1, BROKEN); return; }
  store<u32>(set + (<usize>count << 2), <u32>from | <u32>n << 16, ENTRIES);
  memory.copy(set + TEXT + from, p, n);
  store<u8>(set + TEXT + from + n, 10);
  store<u32>(set, count + 1);
  store<u32>(set, <u32>(from + n + 1), BYTES);
}
function addAll(set: usize, others: usize): void {
  if (load<u32>(others, BROKEN) != 0) store<u32>(set, 1, BROKEN);
  const count = load<u32>(others);
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(others + (<usize>i << 2), ENTRIES);
    add(set, others + TEXT + <usize>(entry & 0xffff), <usize>(entry >> 16));
  }
}
/** The one name, as it stands in the line. */
function set(single: usize, p: usize, n: usize): void {
  clear(single);
  if (n > LONGEST) { store<u32>(single, 1, BROKEN); return; }
  if (hasBackslash(p, n)) {
    n = decode(p, n); p = DECODED;
    for (let i: usize = 0; i < n; i++) if (load<u8>(p + i) == 10) { store<u32>(single, 1, BROKEN); return; }
  }
  if (n != 0) add(single, p, n);
}

export function forgetCalled(): void { clear(called); }
export function forgetOffered(): void { clear(offered); }

export function beginItem(): void { clear(ofItem); clear(ofCalls); }
export function forgetCalls(): void { clear(ofCalls); }
export function beginTool(): void { clear(ofTool); clear(ofFunction); }
export function beginCall(): void { clear(ofCall); }

export function keySeen(meaning: u32): void {
  switch (meaning) {
    case M_ITEM_NAME: clear(ofItem); break;
    case M_CALL_FUNCTION: case M_CALL_NAME: clear(ofCall); break;
    case M_TOOL_NAME: clear(ofTool); break;
    case M_TOOL_FUNCTION: case M_TOOL_FUNCTION_NAME: clear(ofFunction); break;
  }
}
function singleOf(meaning: u32): usize {
  return meaning == M_ITEM_NAME ? ofItem : meaning == M_CALL_NAME ? ofCall : meaning == M_TOOL_NAME ? ofTool : ofFunction;
}
export function stringSeen(meaning: u32, p: usize, n: usize): void { if (meaning != M_CALL_FUNCTION && meaning != M_TOOL_FUNCTION) set(singleOf(meaning), p, n); }
/** A name too long to be kept. */
export function longStringSeen(meaning: u32): void { const single = singleOf(meaning); clear(single); store<u32>(single, 1, BROKEN); }

/** A call of a message, or a tool of the request, has been read whole. */
export function objectDone(meaning: u32): void {
  if (meaning == M_CALL) addAll(ofCalls, ofCall);
  else if (meaning == M_TOOL) addAll(offered, isEmpty(ofTool) ? ofFunction : ofTool);
}
/** An item of the output has been read whole: it is a call, or a message of the assistant. */
export function callDone(): void { addAll(called, ofItem); }
export function messageDone(): void { addAll(called, ofCalls); }

function reportSet(set: usize, column: u32): void {
  if (isEmpty(set)) return;
  const code = load<u32>(set, BROKEN) != 0 ? NO_CODE : internTextFor(column, set + TEXT, <usize>load<u32>(set, BYTES) - 1);
  cell(column, K_STRING, <u64>code, 0);
}
export function report(calledColumn: u32, offeredColumn: u32): void { reportSet(called, calledColumn); reportSet(offered, offeredColumn); }
