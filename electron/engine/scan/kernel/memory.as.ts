// What lies where in the memory of one kernel instance: fixed, about 20 MB, most of it touched only when needed.

/** Bytes the host may feed at once; a multiple of 64. */
export const CHUNK_MAX: usize = 1 << 18;

const BASE: usize = 65536;
/** The 64 bytes before IN repeat the end of the chunk before (blanks at the very start). */
export const HEAD: usize = BASE + 64;
export const HEAD_FROM: usize = BASE;
export const IN: usize = HEAD + 64;

/** u32 address of each structural byte; worst case one for every byte. */
export const STRUCTURALS: usize = IN + CHUNK_MAX + 256;
/** [u32 address, u32 kind] of the first bad byte of a line, at most one for every two bytes. */
export const ERRORS: usize = STRUCTURALS + CHUNK_MAX * 4 + 1024;

/** 32 B a line: f64 start, f64 end, f64 error offset, u32 error kind | root kind << 8, u32 line number within the stream, from 0. */
export const LINES: usize = ERRORS + CHUNK_MAX * 4 + 64;
export const LINES_CAP: usize = 1 << 20;

/** 24 B a cell: u32 row, u16 node, u8 kind, u8 0, 8 B value, f64 offset in the file. */
export const CELLS: usize = LINES + LINES_CAP;
export const CELLS_CAP: usize = 24 << 15;
/** What one key or the end of a row may append without asking for room. */
export const CELLS_SLACK: usize = 512 * 24;

/** Digits of the numbers that the exact fast path cannot convert. */
export const TEXT: usize = CELLS + CELLS_CAP;
export const TEXT_CAP: usize = 1 << 18;

/** A key, number, literal or short string cut by the end of a chunk. */
export const TOKEN: usize = TEXT + TEXT_CAP;
export const TOKEN_CAP: usize = 1 << 16;

/** A key or short string with its escapes decoded. */
export const DECODED: usize = TOKEN + TOKEN_CAP + 256;

/** u32 for every open container: node << 2 | container kind. */
export const STACK: usize = DECODED + CHUNK_MAX + 256;
export const STACK_CAP: usize = 65536 * 4;

/** The wanted paths: 64 B a node, a hash table of them, their names. */
export const NODES: usize = STACK + STACK_CAP;
export const NODES_CAP: u32 = 4096;
export const NODE_TABLE: usize = NODES + 4096 * 64;
export const NODE_TABLE_SIZE: u32 = 16384;
export const NAMES: usize = NODE_TABLE + 16384 * 4;
export const NAMES_CAP: usize = 1 << 19;

/** 256 B: 1 where a number or literal may end. */
export const DELIMITERS: usize = NAMES + NAMES_CAP;

/** Short strings of the segment, each once: a hash table of codes, 16 B an entry, their bytes. */
export const STRING_TABLE: usize = DELIMITERS + 256;
export const STRING_TABLE_SIZE: u32 = 1 << 19;
export const STRING_ENTRIES: usize = STRING_TABLE + 4 * (1 << 19);
export const STRINGS_CAP: u32 = 1 << 18;
export const STRING_BYTES: usize = STRING_ENTRIES + 16 * (1 << 18);
export const STRING_BYTES_CAP: usize = 8 << 20;

export const TOP: usize = STRING_BYTES + STRING_BYTES_CAP + 65536;

export function init(): void {
  const need = <i32>((TOP + 65535) >> 16) - memory.size();
  if (need > 0) memory.grow(need);
  const delimiters = " \t\r\n,:{}[]\"";
  for (let i = 0; i < delimiters.length; i++) store<u8>(DELIMITERS + delimiters.charCodeAt(i), 1);
  clearHead();
}

export function clearHead(): void { memory.fill(HEAD_FROM, 0x20, 128); }

// @ts-ignore: decorator
@inline export function isDelimiter(byte: u32): bool { return load<u8>(DELIMITERS + <usize>byte) != 0; }
