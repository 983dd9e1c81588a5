import { Buffer } from 'node:buffer';
import { FileShrank, type ReadAt } from '../read-at.ts';
import type { SegmentRange } from '../segment.ts';

/** A line as it stands in the file, without its newline. */
export interface RawLine {
  /** Offset in the file. */
  readonly start: number;
  /** Valid until the next line is asked for. */
  readonly bytes: Buffer;
  /** The file ends with it, and not by a newline. */
  readonly isUnfinished: boolean;
}

const newline = 10;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** The lines that begin in a range, blank ones too, the last of them to its end; undefined after every chunk that was read. */
export function* linesOf(read: ReadAt, { from, to, size }: SegmentRange, chunkBytes: number): Generator<RawLine | undefined, void> {
  // A range that does not begin the file begins with a line if the byte before it is a newline.
  let position = from === 0 ? lengthOfMark(read, size) : from - 1;
  let isBetween = from > 0;
  let start = position;
  const chunk = Buffer.alloc(Math.min(chunkBytes, size));
  /** What earlier chunks held of the line begun at `start`. */
  let pieces: Buffer[] = [];
  while (position < size) {
    const length = fill(chunk, read, position, Math.min(chunkBytes, size - position));
    let at = 0;
    for (let end = chunk.indexOf(newline); end >= 0 && end < length; end = chunk.indexOf(newline, at)) {
      if (!isBetween) yield { start, bytes: joined(pieces, chunk.subarray(at, end)), isUnfinished: false };
      pieces = [];
      isBetween = false;
      at = end + 1;
      start = position + at;
      if (start >= to) return;
    }
    if (!isBetween) pieces.push(Buffer.from(chunk.subarray(at, length)));
    position += length;
    // The line that runs into the range may run beyond it.
    if (isBetween && position >= to) return;
    yield undefined;
  }
  if (!isBetween && start < size) yield { start, bytes: joined(pieces, Buffer.alloc(0)), isUnfinished: true };
}

function joined(pieces: readonly Buffer[], last: Buffer): Buffer {
  return pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
}

function lengthOfMark(read: ReadAt, size: number): number {
  const mark = Buffer.alloc(byteOrderMark.length);
  return size >= mark.length && fill(mark, read, 0, mark.length) === mark.length && mark.equals(byteOrderMark) ? mark.length : 0;
}

/** Reads `length` bytes from a position on, and returns how many. */
function fill(into: Buffer, read: ReadAt, position: number, length: number): number {
  for (let done = 0; done < length;) {
    const got = read(into, done, length - done, position + done);
    if (got === 0) throw new FileShrank();
    done += got;
  }
  return length;
}
