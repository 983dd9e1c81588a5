import type { Cell } from '#shared/model/cell.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { Range } from '#shared/model/query.ts';
import type { ColumnSource } from '../scan/fields.ts';

/** What a cell holds. `exact` is a number that float64 cannot hold; it is kept as text. */
export const CellKind = { missing: 0, null: 1, boolean: 2, number: 3, exact: 4, string: 5, object: 6, array: 7 } as const;
export type CellKind = (typeof CellKind)[keyof typeof CellKind];

/** In `Column.codes`: the row holds no string. */
export const NO_CODE = 0xffff_ffff;

/**
 * One column over all rows read so far. Storage is compact and private; queries ask for the dense form of the few columns
 * they touch. Every array has `rowCount` entries, is shared between callers (never write to it) and stays valid until the
 * index grows (`RowIndex.version`).
 */
export interface Column {
  /** Public name: a top-level key, `usage.output_tokens`, `reward_components.x`, a derived name, or `field.NAME`. */
  readonly name: string;
  readonly derived: boolean;
  /** Over rollouts only, invalid lines left aside. */
  info(): ColumnInfo;
  kinds(): Uint8Array;
  /** Booleans as 0 and 1, exact numbers rounded; NaN where the row holds no number. */
  numbers(): Float64Array;
  /** Dictionary codes of the strings, or null when the column holds text too long or too varied for a dictionary. */
  codes(): { readonly codes: Uint32Array; readonly values: readonly string[] } | null;
  /** The whole string of a row (long ones are read from the file), or the digits of an exact number; else undefined. */
  text(row: number): string | undefined;
  /** The texts of a column without a dictionary, each at its beginning; absent where `text` is as fast. */
  pieces?(): TextPieces;
  /** For a page: undefined where missing; text shortened to limits.previewChars. */
  cell(row: number): Cell | undefined;
}

/** The texts of a column, taken piece by piece, so that no more of long ones is read than someone must know. */
export interface TextPieces {
  /** The rows that hold a text, ascending: text number i is that of rows[i]. */
  readonly rows: Uint32Array;
  /** Whether the last piece of a text has been taken. */
  isOver(text: number): boolean;
  /**
   * Takes the next piece of some texts (of all: null), in their order: `units` UTF-16 units, one more where a surrogate pair would be
   * cut, fewer at the end. Equal beginnings are cut alike. Yields every few milliseconds. Fails with `changed`.
   */
  read(texts: Uint32Array | null, units: number, take: (text: number, piece: string) => void): Generator<void, void>;
  /** Passes over what all of some texts, none of which is over, go on with in the same bytes: it tells them not apart. */
  skipCommon?(texts: Uint32Array): Generator<void, void>;
}

/**
 * Sets of names, one for each row. `setOf` has an entry a row: a position in `sets`, of which the first is the empty set; equal
 * sets are there once. A set lists positions in `values`, ascending.
 */
export interface NameSets {
  readonly values: readonly string[];
  readonly sets: readonly Uint32Array[];
  readonly setOf: Uint32Array;
}

export type HashedPart = 'prompt' | 'tools' | 'answer';

/** Where a row lies. `start` and `end` are byte offsets in the file, without the newline; `line` counts from 1. */
export interface RowPlace {
  readonly file: number;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A non-blank line that is no rollout. `offset` is the byte in the file that no valid line can have there. */
export interface InvalidRow {
  readonly row: number;
  readonly offset: number;
  /** `json/...` rule id. */
  readonly rule: string;
  readonly message: string;
}

/** Keys and types that have no column, or one that may lack cells and is not listed: there are more than a scan has room for. */
export interface UnlistedKeys {
  /** One sentence for each limit that was reached. */
  readonly messages: readonly string[];
  /** Whether a field may have values that no column holds. */
  lacks(source: ColumnSource): boolean;
  /** Rows whose lines may have keys that no cell tells of. */
  readonly withKeys: readonly Range[];
  /** Rows whose items of rare types may have been counted as others. */
  readonly withTypes: readonly Range[];
  /** Rows that have a cell in one of the columns that are not listed. */
  readonly hiddenCells: readonly { readonly name: string; rows(): Iterable<number> }[];
}

/** All non-blank lines of a dataset, numbered from 0 in file order, with their columns. Grows while the files are read. */
export interface RowIndex {
  readonly rowCount: number;
  /** Changes whenever rows or columns were added: derived results are cached under it. */
  readonly version: number;
  /** Counts changes of columns whose values change though nothing is added: review marks (see `noteChanging` in ../query/memo.ts). */
  readonly changes?: number;
  /** Rows whose line went on after it had been read, in the order in which that was noticed: what is known of them must be read anew. */
  readonly rewrittenRows: readonly number[];
  /** 1 where the line is a rollout, 0 where it is invalid. */
  valid(): Uint8Array;
  columns(): readonly Column[];
  /** Columns that can be had by name but are not among all of them: their values take a search. */
  unlisted?(): readonly Column[];
  column(name: string): Column | undefined;
  /** CellKind of a top-level key in every row, whatever it holds, objects and lists too; undefined where no row has the key. */
  fieldKinds(key: string): Uint8Array | undefined;
  /** Names of the tools each row calls (function_call items and calls of assistant messages in the output), or is offered by its request. */
  names(which: 'called' | 'offered'): NameSets;
  /** Whether every row has its hashes: large files are read without them first. */
  readonly isHashed: boolean;
  /**
   * Canonical hashes, whole numbers below 2^53: of the request's input and instructions, of its tools, of the output. NaN where there
   * is none, or one value is too deep or too wide. Equal values have equal hashes, however they are written (../scan/README.md); a
   * file may be made so that others have too: who must be sure compares what they stand for. To be asked for only where `isHashed`.
   */
  hash(of: HashedPart): Float64Array;
  place(row: number): RowPlace;
  /** The row on a physical line (from 1) of a file, or undefined. */
  rowAtLine(file: number, line: number): number | undefined;
  readonly invalidRows: readonly InvalidRow[];
  /** Undefined where every key of the files has its column. */
  readonly unlistedKeys?: UnlistedKeys | undefined;
  /** The bytes of a row's line, read from the file. Fails with `changed` when the file is no longer what was read. */
  readLine(row: number): Uint8Array;
  /** The lines of rows, one newline behind each. Rows that lie side by side in a file are read in one go. */
  readLines(rows: Uint32Array): Uint8Array;
  /** Bytes [start, end) of a row's line, clamped. */
  readLineSlice(row: number, start: number, end: number): Uint8Array;
}
