import type { SentLines } from './messages.ts';
import { readFrom } from './sent-files.ts';

/** Lines so near to each other are read at once, and what is between them too. */
const gapBytes = 16 << 10;
/** Of lines that are gone through, so many bytes are read at once, or one line. */
const windowBytes = 1 << 20;
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
  read(lines: SentLines): (i: number) => Uint8Array {
    const { starts, ends } = lines;
    const stretches = stretchesOf(lines, Infinity);
    const memory = this.room(stretches.reduce((sum, stretch) => sum + lengthOf(lines, stretch), 0));
    const places = new Float64Array(starts.length);
    let at = 0;
    for (const stretch of stretches) {
      const length = lengthOf(lines, stretch);
      fill(memory.subarray(at, at + length), lines, stretch);
      for (let i = stretch.from; i < stretch.to; i++) places[i] = at + (starts[i] ?? 0) - (starts[stretch.from] ?? 0);
      at += length;
    }
    return (i) => memory.subarray(places[i], (places[i] ?? 0) + (ends[i] ?? 0) - (starts[i] ?? 0));
  }

  /** The same for whoever goes through lines one by one: each is there until the next one is asked for, in memory for a few. */
  readInTurn(lines: SentLines): (i: number) => Uint8Array {
    const { starts, ends } = lines;
    const stretches = stretchesOf(lines, windowBytes);
    const memory = this.room(Math.max(0, ...stretches.map((stretch) => lengthOf(lines, stretch))));
    let current: Stretch | undefined;
    return (i) => {
      if (!current || i < current.from || i >= current.to) {
        current = stretches.find(({ to }) => i < to);
        if (current) fill(memory.subarray(0, lengthOf(lines, current)), lines, current);
      }
      const begin = starts[current?.from ?? 0] ?? 0;
      return memory.subarray((starts[i] ?? 0) - begin, (ends[i] ?? 0) - begin);
    };
  }

  private room(bytes: number): Buffer {
    if (bytes > keptBytes) return Buffer.allocUnsafeSlow(bytes);
    if (bytes > this.memory.length) this.memory = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.2));
    return this.memory;
  }
}

/** Lines in as few stretches as they lie in, each of up to `most` bytes or one line. */
function stretchesOf({ starts, ends, file }: SentLines, most: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let i = 0; i < starts.length; i++) {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    const last = stretches.at(-1);
    const gap = last ? start - last.end : -1;
    const isNear = gap >= 0 && gap <= gapBytes && file[i] === file[last?.from ?? 0] && end - (starts[last?.from ?? 0] ?? 0) <= most;
    if (last && isNear) [last.to, last.end] = [i + 1, end];
    else stretches.push({ from: i, to: i + 1, end });
  }
  return stretches;
}

function lengthOf({ starts }: SentLines, { from, end }: Stretch): number {
  return end - (starts[from] ?? 0);
}

function fill(into: Uint8Array, { starts, file, files }: SentLines, { from }: Stretch): void {
  const sent = files[file[from] ?? 0];
  if (!sent) throw new RangeError('no such file');
  readFrom(sent, into, starts[from] ?? 0);
}
