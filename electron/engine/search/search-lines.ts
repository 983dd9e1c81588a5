import { Buffer } from 'node:buffer';
import type { SearchPattern, SearchSnippet } from '#shared/model/search.ts';
import { type Matcher, matcherOf } from './matcher.ts';
import { type Lines, Prefilter } from './prefilter.ts';
import { type RowText, visitTexts } from './row-texts.ts';

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

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A pattern, made ready once and held against many blocks of lines. */
export class LineSearch {
  private readonly match: Matcher;
  private readonly prefilter: Prefilter | undefined;
  private readonly scopes: ReadonlySet<string>;

  /** Fails with bad-input where the pattern is wrong. */
  constructor(pattern: SearchPattern) {
    this.match = matcherOf(pattern);
    this.prefilter = Prefilter.of(pattern);
    this.scopes = new Set(pattern.scopes);
  }

  /** The lines with hits, in order; undefined once `isStopped`. */
  search(lines: Lines, isStopped: () => boolean): LineHits[] | undefined {
    const suspects = new Uint8Array(lines.starts.length);
    if (this.prefilter) this.prefilter.note(lines, suspects);
    else suspects.fill(1);
    const found: LineHits[] = [];
    for (let line = suspects.indexOf(1); line >= 0; line = suspects.indexOf(1, line + 1)) {
      if (isStopped()) return undefined;
      const hits = this.searchLine(lines.bytes.subarray(lines.starts[line], lines.ends[line]), line);
      if (hits.hits !== 0) found.push(hits);
    }
    return found;
  }

  private searchLine(bytes: Uint8Array, line: number): LineHits {
    let row: unknown;
    try {
      row = JSON.parse(utf8.decode(bytes));
    } catch {
      // It was valid when it was read: too long for a text, or too deep for the reader.
      return { line, hits: -1, snippets: [] };
    }
    let hits = 0;
    const snippets: SearchSnippet[] = [];
    visitTexts(row, (text) => {
      if (!this.scopes.has(text.scope)) return;
      for (let found = this.match(text.text, 0); found;) {
        if (snippets.length < mostSnippets) snippets.push(snippetOf(text, found));
        hits++;
        // A match of nothing would be found again.
        const next = found.end > found.start ? found.end : found.end + 1;
        found = next <= text.text.length ? this.match(text.text, next) : undefined;
      }
    });
    return { line, hits, snippets };
  }
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
