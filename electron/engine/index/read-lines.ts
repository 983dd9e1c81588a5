import { Buffer } from 'node:buffer';
import type { Source } from '../source/index.ts';
import { readInto } from './file-text.ts';
import type { RowPlace } from './types.ts';

const newline = 10;

/** See RowIndex.readLines. */
export function readLines(rows: Uint32Array, placeOf: (row: number) => RowPlace, sourceOf: (file: number) => Source): Uint8Array {
  const places = Array.from(rows, placeOf);
  // Every byte of it is written below.
  const lines = Buffer.allocUnsafeSlow(places.reduce((sum, { start, end }) => sum + end - start + 1, 0));
  let at = 0;
  for (let from = 0, to = 0; from < places.length; from = to) {
    to = endOfRun(places, from);
    const [first, last] = [places[from], places[to - 1]];
    if (!first || !last) break;
    readInto(lines, at, sourceOf(first.file), first.start, last.end);
    at += last.end - first.start;
    lines[at++] = newline;
  }
  return lines;
}

/** The position behind the last of the lines that follow each other with nothing but a newline between. */
function endOfRun(places: readonly RowPlace[], from: number): number {
  let to = from + 1;
  while (isNext(places[to - 1], places[to])) to++;
  return to;
}

function isNext(before: RowPlace | undefined, next: RowPlace | undefined): boolean {
  return before !== undefined && next !== undefined && next.file === before.file && next.start === before.end + 1;
}
