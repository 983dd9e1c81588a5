import type { SegmentRange } from './segment.ts';

const segmentBytes = 32 << 20;
/** Every segment costs some objects a column: very large datasets are cut into larger ones. */
const mostSegments = 512;
const largestSegmentBytes = 64 << 20;
/** The first segments are small, so that the first rows can be shown at once. */
const firstSegments = [256 << 10, 1 << 20, 4 << 20];

/** One segment of one file of a dataset. */
export interface PlannedSegment {
  readonly file: number;
  readonly range: SegmentRange;
  /** It is a last line without a newline. */
  readonly isOpenEnded?: boolean;
}

/** Where in a dataset: a file, and a byte of it at which a segment ends or the file begins. */
export interface FilePosition {
  readonly file: number;
  readonly offset: number;
}

/** A file to be cut into segments. All of it is there, or its bytes are still coming. */
export interface PlannedFile {
  /** Bytes that are there. */
  readonly size: number;
  readonly isWhole: boolean;
  /** Why it will never be whole. */
  readonly failure?: Error | undefined;
  /** Where the last newline between two offsets ends. */
  endOfLines(from: number, to: number): number | undefined;
  /** Called when it is the file's turn, and (`isEnough`) when the first of its bytes are there. May throw. */
  begin(isEnough: boolean): void;
  more(): Promise<void>;
}

/**
 * Cuts files into segments, in order, from a position on. Only the beginning of the first file is cut into small ones. A last
 * line without a newline is a segment of its own: it may go on some day.
 */
export class SegmentPlan {
  /** Why nothing more comes, where that is not the end. What was planned before is good. */
  failure: Error | undefined;
  private file: number;
  private from: number;
  /** Lines are known to end here, and not between there and `lookedTo`. */
  private lineEnd = 0;
  private lookedTo = 0;
  private planned: number;
  private hasBegun = false;
  private readonly laterBytes: number;

  constructor(
    private readonly files: readonly PlannedFile[],
    start: FilePosition = { file: 0, offset: 0 },
  ) {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    this.laterBytes = Math.min(largestSegmentBytes, Math.max(segmentBytes, Math.ceil(total / mostSegments)));
    this.file = start.file;
    this.from = start.offset;
    this.planned = start.file === 0 && start.offset === 0 ? 0 : firstSegments.length;
  }

  get isOver(): boolean {
    return this.failure !== undefined || this.file >= this.files.length;
  }

  /** The next segment; undefined where it is over, or its bytes have not come yet. */
  next(): PlannedSegment | undefined {
    for (; !this.isOver; this.nextFile()) {
      const file = this.files[this.file];
      if (!file) break;
      const { size, isWhole } = file;
      const wanted = this.from + this.segmentBytes();
      if (!this.hasBegun) {
        file.begin(false);
        if (!isWhole && size < wanted) return undefined;
        file.begin(true);
        this.hasBegun = true;
      }
      if (this.from < size) {
        if (!isWhole && size < wanted) return undefined;
        const lineEnd = this.lineEndWithin(file);
        if (lineEnd > this.from) return this.take({ from: this.from, to: Math.min(lineEnd, wanted), size: lineEnd });
        if (isWhole) return { ...this.take({ from: this.from, to: size, size }), isOpenEnded: true };
      }
      if (!isWhole) return undefined;
      this.failure = file.failure;
      if (this.isOver) return undefined;
    }
    return undefined;
  }

  /** Resolves when `next` may have more to say. */
  async more(): Promise<void> {
    await this.files[this.file]?.more();
  }

  private take(range: SegmentRange): PlannedSegment {
    this.from = range.to;
    this.planned++;
    return { file: this.file, range };
  }

  private lineEndWithin(file: PlannedFile): number {
    const from = Math.max(this.from, this.lookedTo);
    if (file.size > from) {
      this.lineEnd = file.endOfLines(from, file.size) ?? this.lineEnd;
      this.lookedTo = file.size;
    }
    return this.lineEnd;
  }

  private segmentBytes(): number {
    // Of files that are still coming nobody knows how long they will be.
    return firstSegments[this.planned] ?? (this.planned > mostSegments / 2 ? largestSegmentBytes : this.laterBytes);
  }

  private nextFile(): void {
    this.file++;
    this.from = 0;
    this.lineEnd = 0;
    this.lookedTo = 0;
    this.hasBegun = false;
  }
}
