import type { Segment, SegmentColumn } from './segment.ts';

type Numbers = Uint8Array | Uint32Array | Float64Array;

/** Larger arrays travel alone: to copy them would cost more than it spares. */
const smallBytes = 64 << 10;

/** Room for some arrays in one buffer. */
class Packing {
  readonly large: ArrayBufferLike[] = [];
  private readonly small: Numbers[] = [];
  private buffer = new ArrayBuffer(0);
  private end = 0;

  plan(array: Numbers): void {
    if (array.byteLength > smallBytes) this.large.push(array.buffer);
    else this.small.push(array);
  }

  /** All planned arrays that are not sent alone will have their place here. */
  begin(): void {
    this.buffer = new ArrayBuffer(this.small.reduce((sum, { byteLength }) => sum + aligned(byteLength), 0));
  }

  place<T extends Numbers>(array: T, view: (buffer: ArrayBuffer, at: number, length: number) => T): T {
    if (array.byteLength > smallBytes) return array;
    const copy = view(this.buffer, this.end, array.length);
    copy.set(array);
    this.end += aligned(array.byteLength);
    return copy;
  }

  get buffers(): ArrayBufferLike[] {
    return [this.buffer, ...this.large];
  }
}

const bytes = (buffer: ArrayBuffer, at: number, length: number): Uint8Array => new Uint8Array(buffer, at, length);
const words = (buffer: ArrayBuffer, at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
const doubles = (buffer: ArrayBuffer, at: number, length: number): Float64Array => new Float64Array(buffer, at, length);

/**
 * A segment whose small arrays lie in two buffers: to hand a buffer to another thread takes microseconds, and a segment of
 * some dozen columns has hundreds of arrays. What is used up when the segment is added to an index lies apart from what stays.
 */
export function packSegment(segment: Segment): { segment: Segment; buffers: ArrayBufferLike[] } {
  const kept = new Packing();
  const passing = new Packing();
  const { starts, ends, lines, valid, texts, columns } = segment;
  for (const array of [starts, ends, lines, valid]) kept.plan(array);
  for (const array of [texts.bytes, texts.ends]) passing.plan(array);
  for (const { rows, kinds, values, codes } of columns) {
    for (const array of rows ? [rows, kinds, values] : [kinds, values]) kept.plan(array);
    if (codes) passing.plan(codes);
  }
  kept.begin();
  passing.begin();
  const packColumn = ({ source, rows, kinds, values, codes }: SegmentColumn): SegmentColumn => ({
    source,
    rows: rows && kept.place(rows, words),
    kinds: kept.place(kinds, bytes),
    values: kept.place(values, doubles),
    codes: codes && passing.place(codes, words),
  });
  const packed: Segment = {
    ...segment,
    starts: kept.place(starts, doubles),
    ends: kept.place(ends, doubles),
    lines: kept.place(lines, words),
    valid: kept.place(valid, bytes),
    texts: { bytes: passing.place(texts.bytes, bytes), ends: passing.place(texts.ends, words) },
    columns: columns.map(packColumn),
  };
  return { segment: packed, buffers: [...new Set([...kept.buffers, ...passing.buffers])] };
}

/** Doubles must begin at a multiple of eight. */
function aligned(length: number): number {
  return (length + 7) & ~7;
}
