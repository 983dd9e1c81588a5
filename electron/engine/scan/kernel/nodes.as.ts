// The wanted paths as a tree of nodes. Keys nobody wants are dropped by their length, most of them unhashed.
import { COLUMNS, IN, NAMES, NAMES_CAP, DECODED, NODE_TABLE, NODE_TABLE_SIZE, NODES, NODES_CAP, TOKEN_CAP } from "./memory.as";
import { F_AUTO, F_COLUMN } from "./kinds.as";
import { decode, hasBackslash, P1, P2, P3, P4, P5, sameBytes } from "./text.as";

// A node, 64 B:
const N_NAME: usize = 0;      // u32 address
const N_LENGTH: usize = 4;    // u32
const N_PARENT: usize = 8;    // u32
const N_FLAGS: usize = 12;    // u32
const N_MEANING: usize = 16;  // u32
const N_ELEMENT: usize = 20;  // u32 node of the elements, when the value is an array
const N_LENGTHS: usize = 24;  // u64 bit (length & 63) of every wanted child
const N_ROW: usize = 32;      // u32 row + 1 in which the key was last seen: finds duplicate keys
const N_STRINGS: usize = 36;  // u32 strings this column added in the segment
/** From here on: what item-counts.as.ts counts with. */
export const N_COUNTS: usize = 40;
// Beside what its column holds (cells.as.ts), for the segment: the keys of most rows come in the same order.
const G_NEXT: usize = 40;     // u32 the key that came after this one in the same object
const G_CHILD: usize = 44;    // u32 the key of this object that came last

/** Strings one column may add in a segment, lest one of many values push out the others. */
const COLUMN_STRINGS: u32 = 1 << 15;

export let count: u32 = 1;
export let droppedKeys: u32 = 0;
let namesEnd: usize = NAMES;

// @ts-ignore: decorator
@inline export function node(id: u32): usize { return NODES + (<usize>id << 6); }
// @ts-ignore: decorator
@inline export function flagsOf(id: u32): u32 { return load<u32>(node(id), N_FLAGS); }
// @ts-ignore: decorator
@inline export function meaningOf(id: u32): u32 { return load<u32>(node(id), N_MEANING); }
// @ts-ignore: decorator
@inline export function elementOf(id: u32): u32 { return load<u32>(node(id), N_ELEMENT); }
/** Whether any key of an object here is wanted. */
// @ts-ignore: decorator
@inline export function wantsKeys(id: u32): bool { return load<u64>(node(id), N_LENGTHS) != 0 || (flagsOf(id) & F_AUTO) != 0; }

// @ts-ignore: decorator
@inline export function parentOf(id: u32): u32 { return load<u32>(node(id), N_PARENT); }
// @ts-ignore: decorator
@inline export function hasChildren(id: u32): bool { return load<u64>(node(id), N_LENGTHS) != 0; }

// @ts-ignore: decorator
@inline function guesses(id: u32): usize { return COLUMNS + (<usize>id << 6); }
// @ts-ignore: decorator
@inline function isChild(id: u32, parent: u32, p: usize, n: usize): bool {
  const r = node(id);
  return load<u32>(r, N_PARENT) == parent && load<u32>(r, N_LENGTH) == <u32>n && sameBytes(load<u32>(r, N_NAME), p, n);
}

/** Notes that the key was seen in the row; true where it was seen in it before. */
// @ts-ignore: decorator
@inline export function seenTwice(id: u32, row: u32): bool {
  const r = node(id), before = load<u32>(r, N_ROW);
  store<u32>(r, row + 1, N_ROW);
  return before == row + 1;
}

export function mayAddString(id: u32): bool { return load<u32>(node(id), N_STRINGS) < COLUMN_STRINGS; }
export function addedString(id: u32): void { store<u32>(node(id), load<u32>(node(id), N_STRINGS) + 1, N_STRINGS); }
export function forgetStrings(): void { for (let id: u32 = 1; id < count; id++) store<u32>(node(id), 0, N_STRINGS); }

// @ts-ignore: decorator
@inline function slotOf(parent: u32, p: usize, n: usize): u32 {
  let x = load<u64>(p), y: u64 = 0;
  if (n >= 8) y = load<u64>(p + n - 8);
  else x &= (<u64>1 << (<u64>n << 3)) - 1;
  const h = ((x * P1) ^ (rotl(y, 31) * P2) ^ (<u64>n * P3) ^ (<u64>parent * P4)) * P5;
  return <u32>(h >> 50);
}

/** The node of a key in an object, made on the spot where the parent takes every key; 0 when nobody wants it. */
export function child(parent: u32, p: usize, n: usize): u32 {
  if (n > TOKEN_CAP) { dropKey(parent); return 0; } // as one that is cut by the end of a chunk
  const before = guesses(load<u32>(guesses(parent), G_CHILD)), likely = load<u32>(before, G_NEXT);
  if (likely != 0 && isChild(likely, parent, p, n)) { store<u32>(guesses(parent), likely, G_CHILD); return likely; }
  const auto = (flagsOf(parent) & F_AUTO) != 0;
  if (hasBackslash(p, n)) return named(parent, DECODED, decode(p, n), auto);
  const id = named(parent, p, n, auto);
  // A name without a backslash is the key as it is written.
  if (id != 0) { store<u32>(before, id, G_NEXT); store<u32>(guesses(parent), id, G_CHILD); }
  return id;
}

/** The child of a name without escapes, made on the spot where that is wanted and there is room; else 0. */
export function named(parent: u32, p: usize, n: usize, auto: bool): u32 {
  const r = node(parent);
  if (!auto && (load<u64>(r, N_LENGTHS) >> (<u64>n & 63) & 1) == 0) return 0;
  let slot = slotOf(parent, p, n);
  while (true) {
    const id = load<u32>(NODE_TABLE + (<usize>slot << 2));
    if (id == 0) return auto ? add(parent, p, n, F_COLUMN, slot) : 0;
    if (isChild(id, parent, p, n)) return id;
    slot = (slot + 1) & (NODE_TABLE_SIZE - 1);
  }
}

function add(parent: u32, p: usize, n: usize, flags: u32, slot: u32): u32 {
  if (count >= NODES_CAP || namesEnd + n + 16 > NAMES + NAMES_CAP) { droppedKeys++; return 0; }
  const id = count++, r = node(id);
  memory.copy(namesEnd, p, n);
  store<u32>(r, <u32>namesEnd, N_NAME); store<u32>(r, <u32>n, N_LENGTH); store<u32>(r, parent, N_PARENT); store<u32>(r, flags, N_FLAGS);
  namesEnd += n + 8 & ~7;
  store<u32>(NODE_TABLE + (<usize>slot << 2), id);
  const pr = node(parent);
  store<u64>(pr, load<u64>(pr, N_LENGTHS) | <u64>1 << (<u64>n & 63), N_LENGTHS);
  return id;
}

/** A key too long for a column; no wanted one is. */
export function dropKey(parent: u32): void { if (flagsOf(parent) & F_AUTO) droppedKeys++; }

/** For the host: declares a wanted path whose name (n bytes of UTF-8, no escapes) lies at IN. */
export function define(parent: u32, n: usize, flags: u32, meaning: u32): u32 {
  let slot = slotOf(parent, IN, n);
  while (load<u32>(NODE_TABLE + (<usize>slot << 2)) != 0) slot = (slot + 1) & (NODE_TABLE_SIZE - 1);
  const id = add(parent, IN, n, flags, slot);
  store<u32>(node(id), meaning, N_MEANING);
  return id;
}
export function setElement(list: u32, element: u32): void { store<u32>(node(list), element, N_ELEMENT); }
