import type { SearchPattern } from '#shared/model/search.ts';
import { FactReader, type FactsFound, type FactsWanted } from '../prepare/facts.ts';
import type { ReadAt } from '../scan/index.ts';
import { matcherOf } from '../search/matcher.ts';
import { type LineHits, LineSearch } from '../search/search-lines.ts';
import type { Lines } from './lines.ts';
import type { SuspectReader } from './suspects.ts';

/** What can be asked of lines. Plain values: they go to threads. */
export type LineTask =
  | { readonly kind: 'search'; readonly pattern: SearchPattern }
  | { readonly kind: 'facts'; readonly wanted: FactsWanted };

/** What is answered for a block of lines, by the task's kind. Lines are counted from 0. */
export type LineAnswer =
  | { readonly kind: 'search'; readonly hits: readonly LineHits[] }
  | { readonly kind: 'facts'; readonly found: FactsFound };

/** A task made ready: looks through one block after the other, in steps of a line, a chunk or a hit. */
export type LineWork = (lines: Lines, read: ReadAt) => Generator<undefined, LineAnswer>;

/** Makes a task ready, which reads with `reader` alone. Fails with bad-input where a pattern is wrong. */
export async function readyTask(task: LineTask, reader: SuspectReader): Promise<LineWork> {
  if (task.kind === 'search') {
    const search = new LineSearch(task.pattern, await matcherOf(task.pattern), reader);
    return function* (lines, read) {
      return { kind: 'search', hits: yield* search.search(lines, read) };
    };
  }
  const { wanted } = task;
  // RE2 is loaded when it is needed.
  const tests = wanted.patterns.length === 0 ? [] : wanted.patterns.map((await import('../query/linear-regex.ts')).patternTest);
  const facts = new FactReader(wanted, tests, reader);
  return function* (lines, read) {
    return { kind: 'facts', found: yield* facts.read(lines, read) };
  };
}
