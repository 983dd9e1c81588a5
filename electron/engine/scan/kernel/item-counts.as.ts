// How many items of each type an output has. Types are found while scanning: each is a node under C_ITEMS, and so a column.
import { T_OTHER } from "./kinds.as";
import { numberCell } from "./cells.as";
import { meaningOf, named, node, N_COUNTS } from "./nodes.as";

/** More types than these in a segment, and longer ones, count as others: a hostile file must not have a column for each item. */
const MOST: u32 = 256;
const LONGEST: usize = 64;

// Of a node of a type, from N_COUNTS on. A count is good while its stamp is that of what is counted now.
const AT_SEGMENT: usize = N_COUNTS;     // u32 segment in which the type was admitted
const AT_ROW: usize = N_COUNTS + 4;     // u32 row in which it is in `touched`
const AT_COUNT: usize = N_COUNTS + 8;   // for each list: u32 stamp, u32 count

let parent: u32 = 0, others: u32 = 0;
let segment: u32 = 0, admitted: u32 = 0;
let row: u32 = 1, touchedCount: i32 = 0;
/** Types met in the row: those of the segment, and the few that are declared. */
const touched = new StaticArray<u32>(<i32>MOST + 8);
const stamps: StaticArray<u32> = [1, 1];

export function setNodes(items: u32, otherItems: u32): void { parent = items; others = otherItems; }
export function startSegment(): void { segment++; admitted = 0; }

/** The type of that name, without escapes: admitted where it is new. */
export function typeOf(p: usize, n: usize): u32 {
  if (n > LONGEST) return others;
  const known = named(parent, p, n, false);
  if (known == others || (known != 0 && (meaningOf(known) != T_OTHER || load<u32>(node(known), AT_SEGMENT) == segment))) return known;
  if (admitted >= MOST) return others;
  const id = known != 0 ? known : named(parent, p, n, true);
  if (id == 0) return others;
  admitted++;
  store<u32>(node(id), segment, AT_SEGMENT);
  return id;
}
/** A known type of that name, else others. */
export function knownTypeOf(p: usize, n: usize): u32 { const id = named(parent, p, n, false); return id != 0 ? id : others; }

/** Nothing is counted in this list yet. */
export function forgetList(list: u32): void { stamps[list] += 1; }
/** The next row begins. */
export function forgetRow(): void { forgetList(0); forgetList(1); touchedCount = 0; row++; }

export function count(type: u32, list: u32): void {
  const r = node(type), at = r + <usize>(list << 3);
  if (load<u32>(r, AT_ROW) != row) { store<u32>(r, row, AT_ROW); touched[touchedCount++] = type; }
  const before = load<u32>(at, AT_COUNT) == stamps[list] ? load<u32>(at, AT_COUNT + 4) : 0;
  store<u32>(at, stamps[list], AT_COUNT); store<u32>(at, before + 1, AT_COUNT + 4);
}

export function report(list: u32): void {
  for (let i = 0; i < touchedCount; i++) {
    const type = touched[i], at = node(type) + <usize>(list << 3);
    if (load<u32>(at, AT_COUNT) == stamps[list]) numberCell(type, <f64>load<u32>(at, AT_COUNT + 4), 0);
  }
}
