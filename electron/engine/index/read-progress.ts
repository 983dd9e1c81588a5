import type { Segment } from '../scan/index.ts';

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

const unread: FileProgress = { bytesRead: 0, lines: 0, rows: 0, invalidLines: 0, blankLines: 0 };

/** Counts what the segments of a dataset brought. */
export class ProgressCount {
  private readonly files: FileProgress[];
  private cutLastLine = false;
  private droppedKeys = 0;

  constructor(private readonly sizes: readonly number[]) {
    this.files = sizes.map(() => unread);
  }

  /** Adds a published segment; `bytesRead` is where it ends. */
  add(file: number, bytesRead: number, { rowCount, invalid, blankLines, cutLastLine, droppedKeys }: Segment): void {
    const before = this.files[file] ?? unread;
    this.files[file] = {
      bytesRead,
      lines: before.lines + rowCount,
      rows: before.rows + rowCount - invalid.length,
      invalidLines: before.invalidLines + invalid.length,
      blankLines: before.blankLines + blankLines,
    };
    this.cutLastLine ||= cutLastLine;
    this.droppedKeys = Math.max(this.droppedKeys, droppedKeys);
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
