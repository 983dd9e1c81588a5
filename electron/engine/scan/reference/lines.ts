import { Buffer } from 'node:buffer';
import { FileShrank, type ReadAt } from '../read-at.ts';
import type { SegmentRange } from '../segment.ts';

/** A line as it stands in the file, without its newline. */
export interface RawLine {
  /** Offset in the file. */
  readonly start: number;
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
  /** What is there of the line begun at `start`. */
  let pieces: Buffer[] = [];
  while (position < size) {
    const chunk = readChunk(read, position, Math.min(chunkBytes, size - position));
    for (let at = 0; at < chunk.length;) {
      const found = chunk.indexOf(newline, at);
      const end = found < 0 ? chunk.length : found;
      if (!isBetween) pieces.push(chunk.subarray(at, end));
      at = end + 1;
      if (found < 0) break;
      if (!isBetween) yield { start, bytes: Buffer.concat(pieces), isUnfinished: false };
      pieces = [];
      isBetween = false;
      start = position + at;
      if (start >= to) return;
    }
    position += chunk.length;
    // The line that runs into the range may run beyond it.
    if (isBetween && position >= to) return;
    yield undefined;
  }
  if (!isBetween && start < size) yield { start, bytes: Buffer.concat(pieces), isUnfinished: true };
}

function lengthOfMark(read: ReadAt, size: number): number {
  const { length } = byteOrderMark;
  return size >= length && readChunk(read, 0, length).equals(byteOrderMark) ? length : 0;
}

function readChunk(read: ReadAt, position: number, length: number): Buffer {
  const chunk = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const got = read(chunk, done, length - done, position + done);
    if (got === 0) throw new FileShrank();
    done += got;
  }
  return chunk;
}
