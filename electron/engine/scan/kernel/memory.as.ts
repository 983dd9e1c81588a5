// What lies where in the memory of one kernel instance: fixed; of some 60 MB a dozen are touched, unless rows have thousands of fields.

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

/** Lines as columns: f64 start, f64 end, f64 error offset, u32 line number within the stream, u16 error | root kind << 8, u8 valid. */
export const LINES_CAP: u32 = 1 << 14;
export const LINE_STARTS: usize = ERRORS + CHUNK_MAX * 4 + 64;
export const LINE_ENDS: usize = LINE_STARTS + 8 * (1 << 14);
export const LINE_ERROR_OFFSETS: usize = LINE_ENDS + 8 * (1 << 14);
export const LINE_NUMBERS: usize = LINE_ERROR_OFFSETS + 8 * (1 << 14);
export const LINE_TAGS: usize = LINE_NUMBERS + 4 * (1 << 14);
export const LINE_VALID: usize = LINE_TAGS + 2 * (1 << 14);

/** What columns hold of the lines not yet drained: 64 B a node, see cells.as.ts. */
export const COLUMNS: usize = LINE_VALID + (1 << 14);
/** Nodes with a cell in the current row, u32 each. */
export const TOUCHED: usize = COLUMNS + 4096 * 64;

/** Blocks of cells of one column, as columns: f64 value, u32 row, u32 code, u8 kind, and the u32 address of the next block. */
export const BLOCK_CELLS: u32 = 256;
export const BLOCK_ROWS: usize = 8 * 256;
export const BLOCK_CODES: usize = BLOCK_ROWS + 4 * 256;
export const BLOCK_KINDS: usize = BLOCK_CODES + 4 * 256;
export const BLOCK_NEXT: usize = BLOCK_KINDS + 256;
export const BLOCK: usize = BLOCK_NEXT + 8;
export const BLOCKS: usize = TOUCHED + 4096 * 4;
/** Blocks that are filled beside the first of each column before the host must drain: 1 MB, what a processor has at hand. More is slower. */
export const SPARE_BLOCKS: usize = 256;
/** The first of each column, the spare ones, and one more for each column: a row may take as many when the host was not yet asked. */
export const BLOCKS_END: usize = BLOCKS + (4096 + SPARE_BLOCKS + 4096) * BLOCK;

/** A key, number, literal or short string cut by the end of a chunk. */
export const TOKEN: usize = BLOCKS_END;
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

/** u32 address of each block of 64 bytes with an escape that JSON.stringify would not write; bit 0: its first byte is escaped. */
export const ODD_ESCAPES: usize = STRING_BYTES + STRING_BYTES_CAP + 64;
/** A string with its escapes as JSON.stringify would write them. */
export const NORMAL: usize = ODD_ESCAPES + CHUNK_MAX / 16 + 64;
/** What hash.as.ts knows of open containers, 24 B each, of the keys of open objects, 24 B each, and heads of lists of those. */
export const HASH_FRAMES: usize = NORMAL + CHUNK_MAX + 512;
export const HASH_KEYS: usize = HASH_FRAMES + 24 * 1024;
export const HASH_BUCKETS: usize = HASH_KEYS + 24 * 16384;

export const TOP: usize = HASH_BUCKETS + 4 * 4096 + 65536;

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
