import { readInto, type ReadAt } from '../scan/index.ts';
import { escapedUnit, mayStandAround } from './finder/escapes.ts';
import { createFinder } from './finder/finder.ts';
import { type Finder, type Marks, mostNeedleBytes } from './finder/types.ts';
import type { Lines } from './lines.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** A line that may hold a match. Its bytes are those of a buffer that is used again. */
export interface Suspect {
  readonly line: number;
  readonly bytes: Uint8Array;
}

/** What stands at the very end of a chunk is looked at again with the next. */
const overlap = mostNeedleBytes - 1;
/** Longer lines have memory of their own, which goes with them. */
const keptBytes = 2 << 20;

/** Passes over lines, chunk by chunk in memory that stays, and reads those that may hold a match. For one reading at a time. */
export class SuspectReader {
  /** Made when it is needed. */
  private finder: Finder | undefined;
  private kept = new Uint8Array(0);

  /** `code`: see createFinder. */
  constructor(private readonly code?: object | null) {}

  /** The suspects in order; `undefined` in between, so that the caller may do other things. Without marks every line is one. */
  *read({ starts, ends }: Lines, marks: Marks | undefined, read: ReadAt): Generator<Suspect | undefined, void> {
    const count = starts.length;
    const suspects = new Uint8Array(count).fill(marks ? 0 : 1);
    this.finder ??= createFinder(this.code);
    const { finder } = this;
    const { chunk } = finder;
    if (marks) finder.load(marks);
    /** Bytes before were looked at. */
    let passed = -1;
    for (let line = 0; line < count;) {
      const from = Math.max(starts[line]!, passed);
      const length = Math.min(chunk.length, ends[count - 1]! - from);
      const to = from + length;
      const bytes = chunk.subarray(0, length);
      readInto(read, bytes, from);
      const known = from === passed ? overlap : 0;
      marks?.needles.forEach((_, needle) => {
        const find = (at: number): number => findSuspect({ finder, marks, needle }, bytes, known, at);
        note(find, { starts, ends, line, from, length }, suspects);
      });
      for (; line < count && (suspects[line] === 1 || ends[line]! <= to); line++) {
        if (suspects[line] === 0) continue;
        const [start, end] = [starts[line]!, ends[line]!];
        yield { line, bytes: start >= from && end <= to ? bytes.subarray(start - from, end - from) : this.readLine(read, start, end) };
      }
      passed = to - overlap;
      yield undefined;
    }
  }

  private readLine(read: ReadAt, start: number, end: number): Uint8Array {
    if (end - start > this.kept.length) {
      const room = new Uint8Array(Math.max(end - start, Math.min(this.kept.length * 2, keptBytes)));
      if (room.length > keptBytes) {
        readInto(read, room, start);
        return room;
      }
      this.kept = room;
    }
    const bytes = this.kept.subarray(0, end - start);
    readInto(read, bytes, start);
    return bytes;
  }
}

/** Bytes [from, from + length) of the file, of which the lines before `line` are done with. */
interface Chunk {
  readonly line: number;
  readonly from: number;
  readonly length: number;
}

interface Wanted {
  readonly finder: Finder;
  readonly marks: Marks;
  readonly needle: number;
}

/**
 * The first place from `at` on that makes its line suspect; the chunk's length where there is none. Of escapes only those count
 * around which a needle may stand; those in the first `known` bytes were looked at with the chunk before.
 */
function findSuspect({ finder, marks, needle }: Wanted, bytes: Uint8Array, known: number, at: number): number {
  for (let found = finder.find(needle, at, bytes.length); ; found = finder.find(needle, found + 1, bytes.length)) {
    const unit = needle === 0 ? escapedUnit(bytes, found) : undefined;
    if (unit === undefined) return found;
    if (found + 6 > known && marks.needles.some((each) => mayStandAround(bytes, found, unit, each))) return found;
  }
}

/** Marks lines of the chunk, from `line` on, in which something was found. */
function note(find: (at: number) => number, { starts, ends, line: first, from, length }: Lines & Chunk, suspects: Uint8Array): void {
  for (let line = first; line < starts.length && starts[line]! < from + length;) {
    if (suspects[line] === 1) {
      line++;
      continue;
    }
    const found = find(Math.max(starts[line]! - from, 0));
    if (found >= length) return;
    while (line < starts.length && ends[line]! <= from + found) line++;
    // It may stand between two lines, in one that nobody asked for.
    if (line < starts.length && from + found >= starts[line]!) suspects[line++] = 1;
  }
}
