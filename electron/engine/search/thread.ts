import { Buffer } from 'node:buffer';
import { readSync } from 'node:fs';
import type { SearchPattern } from '#shared/model/search.ts';
import { readInto, scanError } from '../scan/index.ts';
import type { Work } from '../threads/serve-thread.ts';
import { type LineHits, LineSearch } from './search-lines.ts';

const keptBytes = 2 << 20;

/** Lines [starts[i], ends[i]) of a file, in order, that lie close together. Byte offsets in the file. */
export interface SearchRequest {
  readonly pattern: SearchPattern;
  readonly fd: number;
  readonly path: string;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** The searches of a thread: a pattern is made ready once. */
export function searchWork(): Work<SearchRequest, LineHits[]> {
  let ready: { key: string; search: LineSearch } | undefined;
  // Fresh memory costs as much as reading into it. A long line has memory of its own, which goes with it.
  const kept = Buffer.allocUnsafeSlow(keptBytes);
  return ({ pattern, fd, path, starts, ends }, isStopped) => {
    const key = JSON.stringify(pattern);
    if (ready?.key !== key) ready = { key, search: new LineSearch(pattern) };
    const from = starts[0] ?? 0;
    const to = ends[ends.length - 1] ?? from;
    const read = (into: Uint8Array, at: number, length: number, position: number): number => readSync(fd, into, at, length, position);
    try {
      const bytes = to - from <= keptBytes ? kept.subarray(0, to - from) : Buffer.allocUnsafeSlow(to - from);
      readInto(read, bytes, from);
      const lines = {
        bytes,
        starts: Uint32Array.from(starts, (start) => start - from),
        ends: Uint32Array.from(ends, (end) => end - from),
      };
      return { answer: ready.search.search(lines, isStopped) };
    } catch (error) {
      throw scanError(path, error);
    }
  };
}
