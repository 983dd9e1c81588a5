import type { Segment } from '../scan/index.ts';
import type { Stored, StoredFields } from '../saved/index.ts';

/** How far one file has been read; counts are of the lines in the index. */
export interface FileProgress {
  readonly bytesRead: number;
  /** Non-blank lines: rows + invalidLines. */
  readonly lines: number;
  readonly rows: number;
  readonly invalidLines: number;
  readonly blankLines: number;
}

export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly files: readonly FileProgress[];
  /** The last line of some file has no newline and is no complete JSON value. */
  readonly cutLastLine: boolean;
  /** Keys beyond the first 4,000 or so: they have no column. */
  readonly droppedKeys: number;
}

/** What one published segment brought. */
export interface SegmentCount {
  readonly file: number;
  /** Where it ends in the file. */
  readonly bytesRead: number;
  /** Non-blank lines. */
  readonly lines: number;
  readonly invalidLines: number;
  readonly blankLines: number;
  readonly cutLastLine: boolean;
  readonly droppedKeys: number;
}

const unread: FileProgress = { bytesRead: 0, lines: 0, rows: 0, invalidLines: 0, blankLines: 0 };

export function countSegment(file: number, bytesRead: number, { rowCount, invalid, ...rest }: Segment): SegmentCount {
  const { blankLines, cutLastLine, droppedKeys } = rest;
  return { file, bytesRead, lines: rowCount, invalidLines: invalid.length, blankLines, cutLastLine, droppedKeys };
}

export function saveCount({ bytesRead, lines, invalidLines, blankLines, cutLastLine, droppedKeys }: SegmentCount): Stored {
  return { bytesRead, lines, invalidLines, blankLines, cutLastLine, droppedKeys };
}

/** Of a segment of a file of `size` bytes. Fails with BrokenSave. */
export function readCount(file: number, size: number, fields: StoredFields): SegmentCount {
  const lines = fields.count('lines', size);
  return {
    file,
    bytesRead: fields.count('bytesRead', size),
    lines,
    invalidLines: fields.count('invalidLines', lines),
    blankLines: fields.count('blankLines', size),
    cutLastLine: fields.flag('cutLastLine'),
    droppedKeys: fields.count('droppedKeys'),
  };
}

/** Counts what the segments of a dataset brought. */
export class ProgressCount {
  /** One for every segment of the index. */
  readonly segments: SegmentCount[] = [];
  private readonly files: FileProgress[];
  private cutLastLine = false;
  private droppedKeys = 0;

  constructor(private readonly sizes: readonly number[]) {
    this.files = sizes.map(() => unread);
  }

  add(segment: SegmentCount): void {
    const { file, bytesRead, lines, invalidLines, blankLines } = segment;
    const before = this.files[file] ?? unread;
    this.segments.push(segment);
    this.files[file] = {
      bytesRead,
      lines: before.lines + lines,
      rows: before.rows + lines - invalidLines,
      invalidLines: before.invalidLines + invalidLines,
      blankLines: before.blankLines + blankLines,
    };
    this.cutLastLine ||= segment.cutLastLine;
    this.droppedKeys = Math.max(this.droppedKeys, segment.droppedKeys);
  }

  now(): ReadProgress {
    return {
      bytesRead: this.files.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      bytesTotal: this.sizes.reduce((sum, size) => sum + size, 0),
      files: [...this.files],
      cutLastLine: this.cutLastLine,
      droppedKeys: this.droppedKeys,
    };
  }
}
