import type { ColumnSource } from './fields.ts';
import type { ReadAt } from './read-at.ts';

/** Lines that begin in [from, to) of a file, to be scanned in one go. `size`: where the file ends for us, however it grows. */
export interface SegmentRange {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** What scans segments, one after the other; it remembers which fields there are. */
export interface LineScanner {
  /**
   * Scans the lines that begin in a range, the last of them to its end. Yields after every chunk, so that the caller may
   * do other things in between, or stop for good. Errors of `read` pass through.
   */
  scan(read: ReadAt, range: SegmentRange): Generator<void, Segment>;
}

/** What a scan found in one segment. Typed arrays share buffers with each other only, so all of it can be transferred to another thread. */
export interface Segment {
  /** Non-blank lines; each array below has one entry a row. */
  readonly rowCount: number;
  /** Byte offsets in the file, without the newline. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Line numbers within the segment, from 0, blank lines counted. */
  readonly lines: Uint32Array;
  /** 1: a rollout. */
  readonly valid: Uint8Array;
  readonly invalid: readonly InvalidLineInSegment[];
  readonly blankLines: number;
  /** The file ends inside the last line. */
  readonly cutLastLine: boolean;
  /** Distinct short texts; cells name them by their code. */
  readonly texts: SegmentTexts;
  readonly columns: readonly SegmentColumn[];
  /** Keys of the segment that found no room for a column of their own. */
  readonly droppedKeys: number;
  /** Which columns may lack cells; null where none does. */
  readonly partial: PartialScopes | null;
  /** Canonical hashes are among the columns, for the rows that have some. */
  readonly hashed: boolean;
}

/** Columns of these scopes may lack cells of the segment, but for those that are `known`. Null: all that no key is too long for. */
export interface PartialScopes {
  readonly scopes: readonly ColumnSource['scope'][];
  readonly known: readonly ColumnSource[] | null;
}

export interface InvalidLineInSegment {
  readonly row: number;
  readonly offset: number;
  readonly rule: string;
  readonly message: string;
}

/** Text number i is bytes[ends[i - 1] .. ends[i]), in UTF-8; a lone surrogate is three bytes (WTF-8). */
export interface SegmentTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/**
 * Cells of one field. Sparse: `rows` are those that have the field, in order; the other arrays have one entry for each of
 * them. Dense (`rows` is null): one entry a row of the segment, kind `missing` where it lacks the field.
 */
export interface SegmentColumn {
  readonly source: ColumnSource;
  readonly rows: Uint32Array | null;
  /** CellKind. */
  readonly kinds: Uint8Array;
  /** Numbers; booleans as 0 and 1; for strings, exact numbers, objects and arrays the offset in the file where their text begins. */
  readonly values: Float64Array;
  /** Codes of texts, NO_TEXT_CODE where a text is known only by its offset; null where no cell has a code. */
  readonly codes: Uint32Array | null;
}
