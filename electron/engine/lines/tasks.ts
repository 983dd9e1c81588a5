import type { SearchPattern } from '#shared/model/search.ts';
import { type LineHits, LineSearch } from '../search/search-lines.ts';
import type { ReadAt } from '../scan/index.ts';
import { matcherOf } from '../search/matcher.ts';
import type { Lines } from './lines.ts';
import type { SuspectReader } from './suspects.ts';

/** What can be asked of lines. Plain values: they go to threads. */
export type LineTask = { readonly kind: 'search'; readonly pattern: SearchPattern };

/** What is answered for a block of lines, by the task's kind. Lines are counted from 0. */
export type LineAnswer = { readonly kind: 'search'; readonly hits: readonly LineHits[] };

/** A task made ready: looks through one block after the other, in steps of a line, a chunk or a hit. */
export type LineWork = (lines: Lines, read: ReadAt) => Generator<undefined, LineAnswer>;

/** Makes a task ready, which reads with `reader` alone. Fails with bad-input where a pattern is wrong. */
export async function readyTask({ pattern }: LineTask, reader: SuspectReader): Promise<LineWork> {
  const search = new LineSearch(pattern, await matcherOf(pattern), reader);
  return function* (lines, read) {
    return { kind: 'search', hits: yield* search.search(lines, read) };
  };
}
