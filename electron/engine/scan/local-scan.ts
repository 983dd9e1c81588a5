import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadAt } from './read-at.ts';
import type { Scanner } from './scanner.ts';
import type { Segment, SegmentRange } from './segment.ts';

/** How long the calling thread is kept from its other work. */
const sliceMs = 8;

/** Scans a segment on the calling thread, in slices; undefined where `isStopped` said so before the end. */
export async function scanInSlices(
  scanner: Scanner,
  read: ReadAt,
  range: SegmentRange,
  isStopped: () => boolean,
): Promise<Segment | undefined> {
  const scan = scanner.scan(read, range);
  while (!isStopped()) {
    const until = performance.now() + sliceMs;
    do {
      const step = scan.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await nextTurn();
  }
  return undefined;
}
