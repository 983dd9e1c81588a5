// The scanner's kernel, AssemblyScript compiled to WASM SIMD. See README.md beside this file; the stages are in kernel/.
//
// One instance scans one stream of bytes in order. The host puts a chunk (a multiple of 64 bytes, padded with spaces at the
// end of input) at IN and calls feed(), then step() until it returns false, draining lines and cells each time it does not:
// that is between two rows. All state survives between chunks, so a line, a string or a token may be cut anywhere and may be
// of any length.
import { BLOCK_CELLS, clearHead, CHUNK_MAX, IN, init as initMemory, LINE_ENDS, LINE_ERROR_OFFSETS, LINE_NUMBERS, LINE_STARTS, LINE_TAGS, LINE_VALID, NODES, STRING_BYTES,
  STRING_ENTRIES } from "./kernel/memory.as";
import * as cells from "./kernel/cells.as";
import * as counts from "./kernel/item-counts.as";
import * as hash from "./kernel/hash.as";
import * as nodes from "./kernel/nodes.as";
import * as roles from "./kernel/roles.as";
import * as strings from "./kernel/strings.as";
import * as structure from "./kernel/structure.as";
import * as walk from "./kernel/walk.as";

export { define, setElement } from "./kernel/nodes.as";
export { setColumn as setFactColumn, setMessages } from "./kernel/facts.as";
export { cellsInLastBlock, columnFirstRow, columnIsCoded, columnOffset, columnTotal, drained, firstBlock, lastBlock } from "./kernel/cells.as";

/** Once, before anything else. */
export function init(): void { initMemory(); }

export function inAt(): usize { return IN; }
export function chunkMax(): usize { return CHUNK_MAX; }
export function blockCells(): u32 { return BLOCK_CELLS; }
export function lineCount(): u32 { return cells.lineCount; }
export function invalidCount(): u32 { return cells.invalidCount; }
export function lineStartsAt(): usize { return LINE_STARTS; }
export function lineEndsAt(): usize { return LINE_ENDS; }
export function lineErrorOffsetsAt(): usize { return LINE_ERROR_OFFSETS; }
export function lineNumbersAt(): usize { return LINE_NUMBERS; }
export function lineTagsAt(): usize { return LINE_TAGS; }
export function lineValidAt(): usize { return LINE_VALID; }
export function nodeCount(): u32 { return nodes.count; }
export function nodesAt(): usize { return NODES; }
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
  hash.reset(reinterpret<u64>(seed));
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

/** False: the chunk is done. True: there is no room for another row; drain and call again. */
export function step(): bool {
  if (walk.run()) return true;
  walk.leave();
  return false;
}
