import { AppError } from '#shared/errors.ts';
import type { Pattern } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';
import { type Bitset, patternTest } from '../query/index.ts';
import { parseRollout } from '../rollout/index.ts';
import { TextMatches } from './conversation-facts.ts';
import { type LineFact, readFacts } from './line-facts.ts';
import type { Needs } from './needs.ts';
import { PathColumn } from './path-column.ts';

/** Nested paths and patterns kept; those asked for last stay. */
const mostPaths = 64;
const mostPatterns = 32;

/** What conditions need of lines, read for one index and kept. */
export class Preparation {
  /** Changes when a path became a column, or one got more rows. */
  version = 0;
  private readonly paths = new Map<string, PathColumn>();
  private readonly patterns = new Map<string, TextMatches>();
  /** Of the index's rewritten rows, how many there were when reading began. */
  private rewritten = 0;

  constructor(private readonly index: RowIndex) {}

  /** Reads what is needed and not there, in steps that yield the row they have come to. `isColumn`: names that need no reading. */
  *readOn(needs: Needs, isColumn: (name: string) => boolean): Generator<number, void> {
    this.forgetRewritten();
    const paths = [...needs.paths].filter((name) => !isColumn(name)).map((name) => this.path(name));
    const facts: LineFact[] = [...paths, ...needs.patterns.map((pattern) => this.matches(pattern))];
    const before = paths.map(({ done }) => done);
    yield* readFacts(this.index, facts);
    if (paths.some(({ done }, i) => done !== before[i])) this.version++;
  }

  /** Paths that some rollout has. */
  columns(): readonly Column[] {
    return [...this.paths.values()].filter((path) => this.isWhole(path) && path.isThere);
  }

  column(name: string): Column | undefined {
    const path = this.paths.get(name);
    return path && this.isWhole(path) && path.isThere ? path : undefined;
  }

  rowsWith(pattern: Pattern): Bitset {
    const matches = this.patterns.get(keyOf(pattern));
    if (!matches || !this.isWhole(matches)) throw unread();
    return matches.rows();
  }

  private isWhole({ done }: LineFact): boolean {
    return done >= this.index.rowCount && this.rewritten === this.index.rewrittenRows.length;
  }

  /** Lines that were read before their end had come may hold anything now. That is rare: all is read anew. */
  private forgetRewritten(): void {
    const { length } = this.index.rewrittenRows;
    if (this.rewritten === length) return;
    this.rewritten = length;
    this.paths.clear();
    this.patterns.clear();
  }

  private path(name: string): PathColumn {
    const known = this.paths.get(name) ?? new PathColumn(name, (row) => parseRollout(this.index.readLine(row)));
    return keep(this.paths, name, known, mostPaths);
  }

  private matches(pattern: Pattern): TextMatches {
    const known = this.patterns.get(keyOf(pattern)) ?? new TextMatches(patternTest(pattern));
    return keep(this.patterns, keyOf(pattern), known, mostPatterns);
  }
}

function keyOf(pattern: Pattern): string {
  return pattern.kind === 'regex' ? `/${pattern.source}/${pattern.flags}` : `"${pattern.text.toLowerCase()}`;
}

/** The map's order is that of the latest use. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): T {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return value;
}

/** Rows came in between: whoever asks again gets an answer. */
function unread(): AppError {
  return new AppError('bad-input', 'The lines have not been read for this condition yet. Ask again.');
}
