/** A piece of a title, and whether the query names it. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

interface Matchable {
  readonly title: string;
  readonly detail?: string;
  readonly words?: string;
}

/**
 * Those that hold every word of the query in their title, or in words they are also found by; the better ones first: words at the
 * beginning of the title, then at the beginning of one of its words, then anywhere. All of them for an empty query.
 */
export function matching<T extends Matchable>(all: readonly T[], query: string): T[] {
  const words = wordsOf(query);
  return all
    .map((item) => ({ item, rank: words.reduce((sum, word) => sum + rankOf(item, word), 0) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A title in pieces, those that the query names marked. */
export function pieces(title: string, query: string): Piece[] {
  const words = wordsOf(query).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (words.length === 0) return [{ text: title, hit: false }];
  return title
    .split(new RegExp(`(${words.join('|')})`, 'iu'))
    .map((text, index) => ({ text, hit: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

function wordsOf(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function rankOf({ title, words = '' }: Matchable, word: string): number {
  const lower = title.toLowerCase();
  const at = lower.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return /[\s_.(“/-]/.test(lower[at - 1] ?? '') || lower.includes(` ${word}`) ? 1 : 2;
  return words.toLowerCase().includes(word) ? 3 : Infinity;
}
