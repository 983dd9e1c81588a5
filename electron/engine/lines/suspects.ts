import { readInto, type ReadAt } from '../scan/index.ts';
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
    let passed = 0;
    for (let line = 0; line < count;) {
      const from = Math.max(starts[line]!, passed);
      const length = Math.min(chunk.length, ends[count - 1]! - from);
      const to = from + length;
      readInto(read, chunk.subarray(0, length), from);
      marks?.needles.forEach((_, needle) => note(finder, needle, { starts, ends, line, from, length }, suspects));
      for (; line < count && (suspects[line] === 1 || ends[line]! <= to); line++) {
        if (suspects[line] === 0) continue;
        const [start, end] = [starts[line]!, ends[line]!];
        const bytes = start >= from && end <= to ? chunk.subarray(start - from, end - from) : this.readLine(read, start, end);
        yield { line, bytes };
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

/** Marks lines of the chunk, from `line` on, in which a needle stands. */
function note(finder: Finder, needle: number, { starts, ends, line: first, from, length }: Lines & Chunk, suspects: Uint8Array): void {
  for (let line = first; line < starts.length && starts[line]! < from + length;) {
    if (suspects[line] === 1) {
      line++;
      continue;
    }
    const found = finder.find(needle, Math.max(starts[line]! - from, 0), length);
    if (found >= length) return;
    while (line < starts.length && ends[line]! <= from + found) line++;
    // It may stand between two lines, in one that nobody asked for.
    if (line < starts.length && from + found >= starts[line]!) suspects[line++] = 1;
  }
}
