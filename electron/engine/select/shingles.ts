/** Words that make a shingle. */
const width = 5;

/**
 * Words of a text without regard to case: runs of letters, digits and `_`; every other sign that is no space is a word of its own, and so
 * is every character of the scripts that put no spaces between words.
 */
const words =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{M}\p{N}_])+|\S/gu;

/** Hashes of the runs of five words that a text has, each once; a shorter text is one shingle, one without words none. Spaces do not count. */
export function shinglesOf(text: string): Set<number> {
  const hashes: number[] = [];
  for (const [word] of text.toLowerCase().matchAll(words)) hashes.push(wordHash(word));
  const shingles = new Set<number>();
  if (hashes.length === 0) return shingles;
  for (let at = 0; at <= Math.max(0, hashes.length - width); at++) {
    let hash = 0;
    for (let i = at; i < Math.min(at + width, hashes.length); i++) hash = mixed(Math.imul(hash, 31) + (hashes[i] ?? 0));
    shingles.add(hash);
  }
  return shingles;
}

/** What two sets have in common, as a share of all they have (Jaccard): 1 for equal ones. */
export function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const each of small) if (large.has(each)) common++;
  return common / (a.size + b.size - common);
}

/** FNV-1a over UTF-16 units. */
function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
export function mixed(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
