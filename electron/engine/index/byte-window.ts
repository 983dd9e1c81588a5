import { Buffer } from 'node:buffer';
import type { Source } from '../source/index.ts';
import { changedFile } from './file-text.ts';

/** Bytes read at a time: twice as many each time while texts lie close together. */
const narrowBytes = 4 << 10;
const wideBytes = 256 << 10;
/** Texts further apart are read one by one. */
const closeBytes = 8 << 10;

/** Reads places of files that are asked for in the order in which they lie, in slices as large as it pays. Whoever asks verifies the source now and then. */
export class ByteWindow {
  private buffer = Buffer.alloc(0);
  private bytes = this.buffer;
  private source: Source | undefined;
  private start = 0;
  private lastOffset = 0;
  private sliceBytes = narrowBytes;

  /** At least so many bytes from an offset on, or all up to `limit`; good until the next call. */
  look(source: Source, offset: number, { length, limit }: { length: number; limit: number }): Buffer {
    const wanted = Math.min(length, limit - offset);
    const at = offset - this.start;
    const isHeld = source === this.source && at >= 0 && at + wanted <= this.bytes.length;
    const isClose = source === this.source && offset >= this.lastOffset && offset - this.lastOffset < closeBytes;
    this.lastOffset = offset;
    if (!isClose) this.sliceBytes = narrowBytes;
    if (isHeld) return this.bytes.subarray(at);
    if (isClose) this.sliceBytes = Math.min(wideBytes, this.sliceBytes * 2);
    const size = Math.max(wanted, Math.min(this.sliceBytes, source.size - offset));
    if (this.buffer.length < size) this.buffer = Buffer.allocUnsafeSlow(size);
    for (let done = 0; done < size;) {
      const got = source.read(this.buffer, done, size - done, offset + done);
      if (got === 0) throw changedFile(source);
      done += got;
    }
    this.source = source;
    this.start = offset;
    this.bytes = this.buffer.subarray(0, size);
    return this.bytes;
  }
}
