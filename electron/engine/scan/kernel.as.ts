// The scanner's kernel, AssemblyScript compiled to WASM SIMD. See README.md beside this file; the stages are in kernel/.
//
// One instance scans one stream of bytes in order. The host puts a chunk (a multiple of 64 bytes, padded with spaces at the
// end of input) at IN and calls feed(), then step() until it returns false, draining lines and cells each time. All state
// survives between chunks, so a line, a string or a token may be cut anywhere and may be of any length.
import { CELLS, clearHead, CHUNK_MAX, IN, init as initMemory, LINES, NODES, STRING_BYTES, STRING_ENTRIES } from "./kernel/memory.as";
import * as cells from "./kernel/cells.as";
import * as counts from "./kernel/item-counts.as";
import * as nodes from "./kernel/nodes.as";
import * as roles from "./kernel/roles.as";
import * as strings from "./kernel/strings.as";
import * as structure from "./kernel/structure.as";
import * as walk from "./kernel/walk.as";

export { define, setElement } from "./kernel/nodes.as";
export { setColumn as setFactColumn, setMessages } from "./kernel/facts.as";
export { drained } from "./kernel/cells.as";

/** Once, before anything else. */
export function init(): void { initMemory(); }

export function inAt(): usize { return IN; }
export function chunkMax(): usize { return CHUNK_MAX; }
export function linesAt(): usize { return LINES; }
export function linesEnd(): usize { return cells.lineEnd; }
export function cellsAt(): usize { return CELLS; }
export function cellsEnd(): usize { return cells.cellEnd; }
export function nodesAt(): usize { return NODES; }
export function rowNumber(): u32 { return cells.row; }
export function blankLines(): u32 { return walk.blankLines; }
export function droppedKeys(): u32 { return nodes.droppedKeys; }
export function stringCount(): u32 { return strings.count; }
export function stringEntriesAt(): usize { return STRING_ENTRIES; }
export function stringBytesAt(): usize { return STRING_BYTES; }
export function stringByteLength(): usize { return strings.byteLength(); }

/** Starts a stream at a file offset; only nodes and the row number are remembered. */
export function reset(offset: f64, seed: f64): void {
  cells.reset(offset);
  structure.reset();
  walk.reset(offset);
  strings.reset(reinterpret<u64>(seed));
  nodes.forgetStrings();
  roles.startSegment();
  counts.startSegment();
  clearHead();
}

/** Takes `length` bytes at IN, a multiple of 64 and at most CHUNK_MAX. */
export function feed(length: usize): void {
  cells.advance(walk.lastChunk());
  walk.begin(length);
  structure.run(length);
}

/** False: the chunk is done. True: a buffer is full; drain and call again. */
export function step(): bool {
  if (walk.run()) return true;
  walk.leave();
  return false;
}
