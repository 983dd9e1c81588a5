import { Buffer } from 'node:buffer';
import type { SearchPattern, SearchSnippet } from '#shared/model/search.ts';
import type { Matching } from './matcher.ts';
import type { ReadAt } from '../scan/index.ts';
import { marksOf } from '../lines/finder/marks.ts';
import type { Marks } from '../lines/finder/types.ts';
import { type RowText, visitTexts } from './row-texts.ts';
import type { Span } from './linear/all-matches.ts';
import type { Lines } from '../lines/lines.ts';
import type { Suspect, SuspectReader } from '../lines/suspects.ts';

/** What was found in one line of a block, counted from 0. */
export interface LineHits {
  readonly line: number;
  /** -1: the line could not be read as a rollout, for its length or depth. */
  readonly hits: number;
  readonly snippets: readonly SearchSnippet[];
}

/** Snippets of one rollout. */
const mostSnippets = 3;
/** UTF-16 units of a snippet before its hit, of the hit, and behind it. */
const before = 60;
const mostHit = 200;
const behind = 120;

/** So many matches in a text of so many UTF-16 units are looked for all at once. */
const manyMatches = 16;
const longText = 1000;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A pattern, made ready once and held against many blocks of lines. For one block at a time. */
export class LineSearch {
  private readonly marks: Marks | undefined;
  private readonly scopes: ReadonlySet<string>;

  constructor(
    pattern: SearchPattern,
    private readonly matching: Matching,
    private readonly reader: SuspectReader,
  ) {
    this.marks = marksOf(pattern);
    this.scopes = new Set(pattern.scopes);
  }

  /** The lines with hits, in order. Yields after at most one line or one hit, for the caller to stop or do other things. */
  *search(lines: Lines, read: ReadAt): Generator<undefined, LineHits[]> {
    const found: LineHits[] = [];
    for (const suspect of this.reader.read(lines, this.marks, read)) {
      yield undefined;
      if (!suspect) continue;
      const hits = yield* this.searchLine(suspect);
      if (hits.hits !== 0) found.push(hits);
    }
    return found;
  }

  private *searchLine({ line, bytes }: Suspect): Generator<undefined, LineHits> {
    let row: unknown;
    try {
      row = JSON.parse(utf8.decode(bytes));
    } catch {
      // It was valid when it was read: too long for a text, or too deep for the reader.
      return { line, hits: -1, snippets: [] };
    }
    let hits = 0;
    const snippets: SearchSnippet[] = [];
    const texts: RowText[] = [];
    visitTexts(row, (text) => {
      if (this.scopes.has(text.scope)) texts.push(text);
    });
    for (const text of texts) {
      for (const found of this.matches(text.text)) {
        yield undefined;
        if (!found) continue;
        if (snippets.length < mostSnippets) snippets.push(snippetOf(text, found));
        hits++;
      }
    }
    return { line, hits, snippets };
  }

  /** All matches in a text, one behind the other; `undefined` in between. */
  private *matches(text: string): Generator<Span | undefined, void> {
    let find = (from: number): Span | undefined => this.matching.find(text, from);
    let count = 0;
    for (let found = find(0); found;) {
      yield found;
      const next = placeBehind(text, found);
      if (next > text.length) return;
      // Each of so many may look to the end of the text.
      if (++count === manyMatches && text.length > longText) {
        const all = this.matching.all();
        find = (all && (yield* all.in(text, next))) ?? find;
      }
      found = find(next);
    }
  }
}

/** A match of nothing would be found again. */
function placeBehind(text: string, { start, end }: Span): number {
  if (end > start) return end;
  return end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
}

/** One hit with what stands around it, no character cut in two. */
function snippetOf({ scope, at, text }: RowText, { start, end }: { start: number; end: number }): SearchSnippet {
  const from = wholeFrom(text, Math.max(0, start - before));
  const shownEnd = wholeFrom(text, Math.min(end, start + mostHit));
  const to = wholeFrom(text, Math.min(text.length, shownEnd + behind));
  const part = text.slice(from, to);
  // A slice keeps the whole text in memory: the copy does not.
  return { scope, at, text: Buffer.from(part, 'utf16le').toString('utf16le'), start: start - from, end: shownEnd - from };
}

function wholeFrom(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
