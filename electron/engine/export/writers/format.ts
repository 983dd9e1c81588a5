import type { FileHandle } from 'node:fs/promises';
import type { Fields, OutputColumn } from '../types.ts';

export interface Written {
  readonly rows: number;
  readonly bytes: number;
  /** sha256, in hex, over the JSON text of each row and a newline: what reading the file back must give again. */
  readonly content: string;
  /** sha256, in hex, of the file, where writing it already tells. */
  readonly sha256?: string;
}

/** A file that is being written. Rows go to the disk as they come; nothing is whole before `end`. */
export interface RowWriter {
  readonly bytes: number;
  add(row: Fields | Uint8Array): Promise<void>;
  /** Adds bytes of lines in which so many rows end, a newline behind each; only a file of lines can. */
  addLines?(lines: Uint8Array, rows: number): Promise<void>;
  end(): Promise<Written>;
}

/** A kind of data file. */
export interface FileFormat {
  readonly extension: 'jsonl' | 'parquet' | 'arrow';
  /** With `columns` every row gets each of them, null where it has none. */
  create(file: FileHandle, columns: readonly OutputColumn[] | undefined): RowWriter;
  /** The JSON text of each row of a file, in order. */
  read(path: string): AsyncIterable<string>;
}

/** A row with all columns of its file, in their order. */
export function completeRow(row: Fields, columns: readonly OutputColumn[] | undefined): Fields {
  return columns ? Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])) : row;
}
