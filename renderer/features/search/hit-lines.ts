import type { SearchMatch, SearchSnippet } from '#shared/model/search.ts';

/** One hit on the screen; the first of its rollout says which one that is. */
export interface HitLine {
  readonly match: SearchMatch;
  readonly snippet: SearchSnippet;
  readonly isFirst: boolean;
}

/** Lines of matches that come in one after the other: what is known is not gone through again. */
export class HitLines {
  readonly #lines: HitLine[] = [];
  #taken: readonly SearchMatch[] = [];
  #count = 0;

  /** The lines of a list of matches; one that only became longer goes on where it was. */
  of(matches: readonly SearchMatch[]): readonly HitLine[] {
    if (matches !== this.#taken) {
      this.#lines.length = 0;
      this.#count = 0;
      this.#taken = matches;
    }
    for (; this.#count < matches.length; this.#count++) {
      const match = matches[this.#count];
      match?.snippets.forEach((snippet, index) => this.#lines.push({ match, snippet, isFirst: index === 0 }));
    }
    return this.#lines;
  }
}

/** The excerpt in three pieces, on one line, with so many characters before the hit. */
export function excerpt({ text, start, end }: SearchSnippet, before: number): { before: string; hit: string; after: string } {
  const flat = (piece: string): string => piece.replaceAll(/\s+/g, ' ');
  const ahead = flat(text.slice(0, start));
  const cut = ahead.length > before ? `…${ahead.slice(-before)}` : ahead;
  return { before: cut, hit: flat(text.slice(start, end)), after: flat(text.slice(end)) };
}
