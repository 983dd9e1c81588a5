import type { Segment } from '../scan/index.ts';
import type { Source } from '../source/index.ts';
import type { Stored, StoredFields } from '../saved/index.ts';

/** How far one file has been read; counts are of the lines in the index. */
export interface FileProgress {
  /** Of a packed file: unpacked bytes. */
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
}

const unread: FileProgress = { bytesRead: 0, lines: 0, rows: 0, invalidLines: 0, blankLines: 0 };

export function countSegment(file: number, bytesRead: number, { rowCount, invalid, ...rest }: Segment): SegmentCount {
  const { blankLines, cutLastLine } = rest;
  return { file, bytesRead, lines: rowCount, invalidLines: invalid.length, blankLines, cutLastLine };
}

export function saveCount({ bytesRead, lines, invalidLines, blankLines, cutLastLine }: SegmentCount): Stored {
  return { bytesRead, lines, invalidLines, blankLines, cutLastLine };
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
  };
}

/** Counts what the segments of a dataset brought. */
export class ProgressCount {
  /** One for every segment of the index. */
  readonly segments: SegmentCount[] = [];
  private readonly files: FileProgress[];
  private cutLines = 0;

  constructor(private readonly sources: readonly Pick<Source, 'bytes' | 'bytesReadAt'>[]) {
    this.files = sources.map(() => unread);
  }

  add(segment: SegmentCount): void {
    this.segments.push(segment);
    this.count(segment, 1);
  }

  /** A segment that was read again, with what has come since. */
  replace(number: number, segment: SegmentCount): void {
    const before = this.segments[number];
    if (before) this.count(before, -1);
    this.segments[number] = segment;
    this.count(segment, 1);
  }

  now(): ReadProgress {
    return {
      bytesRead: this.sources.reduce((sum, source, i) => sum + source.bytesReadAt(this.files[i]?.bytesRead ?? 0), 0),
      bytesTotal: this.sources.reduce((sum, { bytes }) => sum + bytes, 0),
      files: [...this.files],
      cutLastLine: this.cutLines > 0,
    };
  }

  private count({ file, bytesRead, lines, invalidLines, blankLines, cutLastLine }: SegmentCount, sign: 1 | -1): void {
    const before = this.files[file] ?? unread;
    this.files[file] = {
      bytesRead: Math.max(before.bytesRead, bytesRead),
      lines: before.lines + sign * lines,
      rows: before.rows + sign * (lines - invalidLines),
      invalidLines: before.invalidLines + sign * invalidLines,
      blankLines: before.blankLines + sign * blankLines,
    };
    this.cutLines += cutLastLine ? sign : 0;
  }
}
