import type { Pattern } from '#shared/model/expression/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { marksOfAny, marksOfKey, marksOfPattern } from '../lines/finder/marks.ts';
import type { Marks } from '../lines/finder/types.ts';
import type { Lines } from '../lines/lines.ts';
import type { SuspectReader } from '../lines/suspects.ts';
import { parseRollout } from '../rollout/index.ts';
import type { ReadAt } from '../scan/index.ts';
import { type OddFound, OddReader } from '../odd-json/index.ts';
import { hasText } from '../search/row-texts.ts';
import { type PathCells, PathReader, rowKeys } from './path-values.ts';

/** What is wanted of every line. */
export interface FactsWanted {
  readonly paths: readonly string[];
  readonly patterns: readonly Pattern[];
  /** Whether what is odd in them is looked for: every line is walked through. */
  readonly odd?: boolean;
}

/** What lines of a block hold; lines are counted from 0. */
export interface FactsFound {
  /** By path. */
  readonly paths: readonly PathCells[];
  /** By pattern: the lines in whose texts it is found. */
  readonly texts: readonly (readonly number[])[];
  /** Where it is wanted. */
  readonly odd?: OddFound;
  /** Lines that could not be read, for their length or depth. */
  readonly unread: readonly number[];
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads facts out of blocks of lines, of which only those are parsed that may hold one. */
export class FactReader {
  private readonly marks: Marks | undefined;

  /** `tests`: of the patterns, in order. */
  constructor(
    private readonly wanted: FactsWanted,
    private readonly tests: readonly ((text: string) => boolean)[],
    private readonly reader: SuspectReader,
  ) {
    this.marks =
      wanted.odd === true
        ? undefined
        : marksOfAny([
            ...wanted.paths.map((path) => marksOfKey(longestKey(path))),
            ...wanted.patterns.map((pattern) => marksOfPattern(pattern)),
          ]);
  }

  /** Yields after at most one line, for the caller to stop or do other things. */
  *read(lines: Lines, read: ReadAt): Generator<undefined, FactsFound> {
    const paths = this.wanted.paths.map((path) => new PathReader(path));
    const texts = this.tests.map((): number[] => []);
    const unread: number[] = [];
    const odd = this.wanted.odd === true ? new OddReader() : undefined;
    const isParsed = paths.length > 0 || texts.length > 0;
    for (const suspect of this.reader.read(lines, this.marks, read)) {
      yield undefined;
      if (!suspect) continue;
      const { line, bytes } = suspect;
      odd?.take(line, bytes);
      if (!isParsed) continue;
      const rollout = parse(bytes);
      if (!rollout) {
        unread.push(line);
        continue;
      }
      for (const path of paths) path.take(line, rollout, () => parseRollout(bytes));
      this.tests.forEach((test, i) => {
        if (hasText(rollout, test)) texts[i]?.push(line);
      });
    }
    return { paths: paths.map((path) => path.done()), texts, unread, ...(odd && { odd: odd.done() }) };
  }
}

/** Whoever has the path has each of its keys. */
function longestKey(path: string): string {
  const keys = rowKeys(path).filter((key) => typeof key === 'string');
  return keys.reduce((longest, key) => (key.length >= longest.length ? key : longest), '');
}

/** Undefined where it is too long for a text, or nested deeper than can be read. */
function parse(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(utf8.decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
