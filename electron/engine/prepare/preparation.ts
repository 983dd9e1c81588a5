import { AppError } from '#shared/errors.ts';
import type { Pattern } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';
import { aborted } from '../jobs/index.ts';
import type { LineJob, LineThreads } from '../lines/index.ts';
import type { OddRows } from '../odd-json/index.ts';
import type { Bitset } from '../query/index.ts';
import { parseRollout } from '../rollout/index.ts';
import type { LineFact } from './line-fact.ts';
import type { Needs } from './needs.ts';
import { OddLines } from './odd-lines.ts';
import { PathColumn } from './path-column.ts';
import { TextMatches } from './text-matches.ts';

/** Nested paths and patterns kept; those asked for last stay. */
const mostPaths = 64;
const mostPatterns = 32;

/** What conditions need of lines, read for one index and kept. */
export class Preparation {
  /** Changes when a path became a column, or one got more rows. */
  version = 0;
  private readonly paths = new Map<string, PathColumn>();
  private readonly patterns = new Map<string, TextMatches>();
  private oddLines = new OddLines();
  /** Of the index's rewritten rows, how many there were when reading began. */
  private rewritten = 0;
  /** Facts that somebody reads on. */
  private readonly readings = new Map<LineFact, UnderWay>();

  constructor(
    private readonly index: RowIndex,
    private readonly threads: Pick<LineThreads, 'run'>,
  ) {}

  /**
   * Reads what is needed and not there. `isColumn`: names that need no reading. Fails with bad-input where a pattern cannot be searched
   * with, `unreadable`, `changed` and `cancelled`; what was read until then is kept.
   */
  async readOn(needs: LineNeeds, isColumn: (name: string) => boolean, job: PrepareJob = {}): Promise<void> {
    this.forgetRewritten();
    const paths = [...needs.paths].filter((name) => !isColumn(name)).map((name) => this.path(name));
    const texts = needs.patterns.map((pattern) => this.matches(pattern));
    const odd = needs.odd === true ? [this.oddLines] : [];
    for (;;) {
      const behind = [...paths, ...texts, ...odd].filter(({ done }) => done < this.index.rowCount);
      if (behind.length === 0) return;
      const idle = behind.filter((fact) => !this.readings.has(fact));
      const from = Math.min(...idle.map(({ done }) => done));
      const next = new Set(idle.filter(({ done }) => done === from));
      // Others need not look at every line.
      if (next.size > 1) next.delete(this.oddLines);
      if (next.size > 0) {
        const watching: UnderWay['watching'] = new Set(job.onRow && [job.onRow]);
        const reading = this.read(
          {
            from,
            paths: paths.filter((path) => next.has(path)),
            texts: texts.filter((text) => next.has(text)),
            odd: odd.filter((each) => next.has(each)),
          },
          job,
          watching,
        );
        await this.held(next, reading, watching);
      } else await this.waitFor(this.readings.get(behind[0] ?? raise()) ?? raise(), job);
    }
  }

  /** While facts are read nobody else reads them. */
  private async held(facts: ReadonlySet<LineFact>, reading: Promise<void>, watching: UnderWay['watching']): Promise<void> {
    const over = reading.catch(() => undefined);
    for (const fact of facts) this.readings.set(fact, { over, watching });
    try {
      await reading;
    } finally {
      for (const fact of facts) this.readings.delete(fact);
    }
  }

  /** Whoever waits for what another reads is told how far that is. */
  private async waitFor({ over, watching }: UnderWay, { signal, onRow = () => undefined }: PrepareJob): Promise<void> {
    watching.add(onRow);
    try {
      await Promise.race([over, aborted(signal)]);
    } finally {
      watching.delete(onRow);
    }
  }

  /** Reads on facts that are known of the same rows, to the rows there are now. */
  private async read({ from, paths, texts, odd }: Reading, { signal, client }: PrepareJob, watching: UnderWay['watching']): Promise<void> {
    const { rowCount } = this.index;
    const facts = [...paths, ...texts, ...odd];
    for (const fact of facts) fact.reserve(rowCount);
    const valid = this.index.valid();
    const rows = new Uint32Array(rowCount - from).map((_, i) => from + i).filter((row) => valid[row] === 1);
    const reach = (row: number): void => {
      for (const fact of facts) fact.done = row;
    };
    const wanted = { paths: paths.map(({ name }) => name), patterns: texts.map(({ pattern }) => pattern), odd: odd.length > 0 };
    await this.threads.run(
      { kind: 'facts', wanted },
      rows,
      ({ rows: inBlock }, answer) => {
        if (answer.kind !== 'facts') throw new TypeError(answer.kind);
        paths.forEach((path, i) => path.take(inBlock, answer.found.paths[i] ?? raise(), answer.found.unread));
        texts.forEach((text, i) => text.take(inBlock, answer.found.texts[i] ?? raise()));
        odd.forEach((each) => each.take(inBlock, answer.found.odd ?? raise()));
        const last = inBlock.at(-1) ?? from;
        reach(last + 1);
        watching.forEach((onRow) => onRow(last));
      },
      { signal, client },
    );
    reach(rowCount);
    if (paths.length > 0) this.version++;
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

  /** What is odd in the rows that were read for it, so far. */
  get odd(): OddRows {
    const current = (): OddLines => this.oddLines;
    const isWhole = (): boolean => this.isWhole(current());
    return {
      get known() {
        return current().done;
      },
      get isWhole() {
        return isWhole();
      },
      has: (kind, row) => current().has(kind, row),
      count: (kind) => current().count(kind),
    };
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
    this.oddLines = new OddLines();
  }

  private path(name: string): PathColumn {
    const known = this.paths.get(name) ?? new PathColumn(name, (row) => parseRollout(this.index.readLine(row)));
    return keep(this.paths, name, known, mostPaths);
  }

  private matches(pattern: Pattern): TextMatches {
    const known = this.patterns.get(keyOf(pattern)) ?? new TextMatches(pattern);
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

interface Reading {
  readonly from: number;
  readonly paths: readonly PathColumn[];
  readonly texts: readonly TextMatches[];
  readonly odd: readonly OddLines[];
}

/** Facts that are being read. */
interface UnderWay {
  /** Until it ends, well or not. */
  readonly over: Promise<void>;
  /** Whom to tell the row that it has come to. */
  readonly watching: Set<(row: number) => void>;
}

/** `odd`: what is odd in every line. */
export type LineNeeds = Pick<Needs, 'paths' | 'patterns'> & { readonly odd?: boolean };

/** `onRow`: the row that reading has come to. */
export interface PrepareJob extends LineJob {
  readonly onRow?: ((row: number) => void) | undefined;
}

function raise(): never {
  throw new RangeError('nothing there');
}

/** Rows came in between: whoever asks again gets an answer. */
function unread(): AppError {
  return new AppError('bad-input', 'The lines have not been read for this condition yet. Ask again.');
}
