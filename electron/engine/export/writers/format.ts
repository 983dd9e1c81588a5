import type { OffsetIndex, RowGroup } from 'hyparquet';
import type { Fields, OutputColumn } from '../types.ts';
import type { RowParts } from './row-parts.ts';

/** Rows that are encoded together: the smallest part of a file that can be written by itself. */
export interface Block {
  readonly rows: number;
  /**
   * sha256, in hex, over the JSON text of each row and a newline: what reading the file back must give again. Absent where a file
   * is just that of all its rows.
   */
  readonly content?: string;
  /** Of Parquet, its places counted from the beginning of the block; page places by column. */
  readonly group?: { readonly group: RowGroup; readonly pages: readonly (OffsetIndex | undefined)[] };
}

export interface EncodedBlock extends Block {
  readonly bytes: Uint8Array;
}

/** A block of a file, and where it begins there. */
export interface PlacedBlock extends Block {
  readonly start: number;
}

/** Takes the rows of a block one by one. */
export interface BlockBuilder {
  add(row: Fields): void;
  /** The same of a row that `writeParts` wrote. */
  addParts(row: RowParts): void;
  end(): EncodedBlock;
}

/**
 * A kind of data file: a head, blocks and a tail. A block knows nothing of the others, so that any of them can be made anywhere;
 * with `columns` every row gets each of them, null where it has none.
 */
export interface FileFormat {
  readonly extension: 'jsonl' | 'parquet' | 'arrow';
  /** A block ends with the row that makes it this large: rows, or bytes of planned JSON text. */
  readonly blockRows: number;
  readonly blockBytes: number;
  /** Blocks are made in so much memory, which they are given; absent where they make their own. */
  readonly memory?: number;
  head(columns: readonly OutputColumn[] | undefined): Uint8Array;
  /** `into`: memory that it may be made in. */
  block(columns: readonly OutputColumn[] | undefined, into?: ArrayBuffer): BlockBuilder;
  tail(columns: readonly OutputColumn[] | undefined, blocks: readonly PlacedBlock[]): Uint8Array;
  /** The JSON text of each row of a file and a newline, in order, each there until the next is asked for. */
  read(path: string): AsyncIterable<Buffer>;
}

/** A row with all columns of its file, in their order. */
export function completeRow(row: Fields, columns: readonly OutputColumn[] | undefined): Fields {
  return columns ? Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])) : row;
}
