import { readSync } from 'node:fs';
import type { SearchPattern } from '#shared/model/search.ts';
import { type ReadAt, scanError } from '../scan/index.ts';
import type { Work } from '../threads/serve-thread.ts';
import { type LineHits, LineSearch } from './search-lines.ts';
import { SuspectReader } from './suspects.ts';

/** Lines [starts[i], ends[i]) of a file, in order, that lie close together. Byte offsets in the file. */
export interface SearchRequest {
  readonly pattern: SearchPattern;
  readonly fd: number;
  readonly path: string;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Searches one block after the other, a pattern made ready once. Fails with `unreadable` and `changed`. */
export function blockSearch(): (request: SearchRequest) => Generator<undefined, LineHits[]> {
  let ready: { key: string; search: LineSearch } | undefined;
  const reader = new SuspectReader();
  return function* ({ pattern, fd, path, starts, ends }) {
    const key = JSON.stringify(pattern);
    if (ready?.key !== key) ready = { key, search: new LineSearch(pattern, reader) };
    const read: ReadAt = (into, at, length, position) => readSync(fd, into, at, length, position);
    try {
      return yield* ready.search.search({ starts, ends }, read);
    } catch (error) {
      throw scanError(path, error);
    }
  };
}

/** The searches of a thread. */
export function searchWork(): Work<SearchRequest, LineHits[]> {
  const search = blockSearch();
  return (request, isStopped) => {
    const steps = search(request);
    while (!isStopped()) {
      const step = steps.next();
      if (step.done) return { answer: step.value };
    }
    return { answer: undefined };
  };
}
