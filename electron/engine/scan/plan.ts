import type { SegmentRange } from './segment.ts';

const segmentBytes = 16 << 20;
/** Every segment costs some objects a column: very large datasets are cut into larger ones. */
const mostSegments = 512;
const largestSegmentBytes = 64 << 20;
/** The first segments are small, so that the first rows can be shown at once. */
const firstSegments = [256 << 10, 1 << 20, 4 << 20];

/** One segment of one file of a dataset. */
export interface PlannedSegment {
  readonly file: number;
  readonly range: SegmentRange;
}

/** Where in a dataset: a file, and a byte of it at which a segment ends or the file begins. */
export interface FilePosition {
  readonly file: number;
  readonly offset: number;
}

/** Cuts files into segments, in order, from a position on. Only the beginning of the first file is cut into small ones. */
export function* planSegments(sizes: readonly number[], start: FilePosition = { file: 0, offset: 0 }): Generator<PlannedSegment, void> {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const later = Math.min(largestSegmentBytes, Math.max(segmentBytes, Math.ceil(total / mostSegments)));
  let planned = start.file === 0 && start.offset === 0 ? 0 : firstSegments.length;
  for (const [file, size] of sizes.entries()) {
    if (file < start.file) continue;
    for (let from = file === start.file ? start.offset : 0; from < size;) {
      const to = Math.min(size, from + (firstSegments[planned] ?? later));
      yield { file, range: { from, to, size } };
      planned++;
      from = to;
    }
  }
}
