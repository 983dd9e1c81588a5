import type { RowIndex } from '../index/types.ts';

/** Rows of one file that are read in one go. */
export interface Block {
  readonly file: number;
  readonly rows: Uint32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly bytes: number;
}

/** A block has about so many bytes; a longer line is one of its own. */
const blockBytes = 8 << 20;
const mostRows = 20_000;
/** So many bytes that nobody asked for are read, rather than to read twice. */
const gapBytes = 1 << 16;

/** Cuts ascending rows into blocks. */
export function* blocksOf(index: Pick<RowIndex, 'place'>, rows: Uint32Array): Generator<Block, void> {
  for (let from = 0; from < rows.length;) {
    const first = index.place(rows[from] ?? 0);
    const starts: number[] = [];
    const ends: number[] = [];
    let end = first.start;
    let to = from;
    for (; to < rows.length && to - from < mostRows; to++) {
      const place = index.place(rows[to] ?? 0);
      const fits = place.file === first.file && place.start - end <= gapBytes && place.end - first.start <= blockBytes;
      if (to > from && !fits) break;
      starts.push(place.start);
      ends.push((end = place.end));
    }
    yield {
      file: first.file,
      rows: rows.subarray(from, to),
      starts: Float64Array.from(starts),
      ends: Float64Array.from(ends),
      bytes: end - first.start,
    };
    from = to;
  }
}
