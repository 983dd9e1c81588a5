import type { SentLines } from './messages.ts';
import { readFrom } from './sent-files.ts';

/** Lines so near to each other are read at once, and what is between them too. */
const gapBytes = 16 << 10;
/** Memory for more is not kept. */
const keptBytes = 24 << 20;

/** Lines [from, to) of a request, which lie near each other in a file. */
interface Stretch {
  readonly from: number;
  to: number;
  end: number;
}

/** Reads all lines of a request at once, and always into the same memory: they are there until those of the next request are. */
export class LineReader {
  private memory = Buffer.alloc(0);

  /** The bytes of each line, in their order. Fails with `unreadable` and `changed`. */
  read({ starts, ends, file, files }: SentLines): (i: number) => Uint8Array {
    const stretches: Stretch[] = [];
    for (let i = 0; i < starts.length; i++) {
      const [start = 0, end = 0] = [starts[i], ends[i]];
      const last = stretches.at(-1);
      const gap = last ? start - last.end : -1;
      if (last && gap >= 0 && gap <= gapBytes && file[i] === file[last.from]) [last.to, last.end] = [i + 1, end];
      else stretches.push({ from: i, to: i + 1, end });
    }
    const memory = this.room(stretches.reduce((sum, { from, end }) => sum + end - (starts[from] ?? 0), 0));
    const places = new Float64Array(starts.length);
    let at = 0;
    for (const { from, to, end } of stretches) {
      const start = starts[from] ?? 0;
      const sent = files[file[from] ?? 0];
      if (!sent) throw new RangeError('no such file');
      readFrom(sent, memory.subarray(at, at + end - start), start);
      for (let i = from; i < to; i++) places[i] = at + (starts[i] ?? 0) - start;
      at += end - start;
    }
    return (i) => memory.subarray(places[i], (places[i] ?? 0) + (ends[i] ?? 0) - (starts[i] ?? 0));
  }

  private room(bytes: number): Buffer {
    if (bytes > keptBytes) return Buffer.allocUnsafeSlow(bytes);
    if (bytes > this.memory.length) this.memory = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.2));
    return this.memory;
  }
}
