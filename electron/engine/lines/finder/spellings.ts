import { Buffer } from 'node:buffer';

/** All the ways in which a character of a pattern may stand in a line of JSON. */
export interface Spellings {
  /** Bytes without `\u` escapes, as many in each: of the character and, where case is ignored, of those it folds with. */
  readonly bytes: readonly Uint8Array[];
  /** Of each of the characters, and of those that fold with it in other lengths: the UTF-16 units of its `\uXXXX` escapes. */
  readonly escapes: readonly (readonly number[])[];
  /** Of characters it folds with that take more bytes: the last two, and the one before. */
  readonly pairs: readonly Pair[];
}

/** Two bytes, and the one before them; 0 where there is none. */
export type Pair = readonly [number, number, number];

/** The only characters that fold with an ASCII letter and are none: the Kelvin sign, the long s, and a dotted I (as i and a dot). */
const foldsWithAscii = new Map([
  ['k', '\u212a'],
  ['s', '\u017f'],
  ['i', '\u0130'],
]);

/**
 * How a character may be written; undefined where raw bytes tell too little: JSON has two short ways of `/` and none of some
 * control characters, half a pair of surrogates need not stand alone, and some letters fold with letters of another length.
 */
export function spellingsOf(character: string, ignoreCase: boolean): Spellings | undefined {
  const others = ignoreCase ? foldsOf(character) : [];
  // A dot that is combined may have come from the dotted I.
  if (ignoreCase && character === '\u0307') return undefined;
  const ascii = [character, ...others].find((each) => each < '\u0080');
  const odd = foldsWithAscii.get(ascii?.toLowerCase() ?? '');
  const oddCharacters = ignoreCase && odd !== undefined ? [odd] : [];
  const plain = [character, ...others].filter((each) => !oddCharacters.includes(each));
  const bytes = plain.map(writtenShort);
  const length = bytes[0]?.length;
  const written = bytes.filter((each) => each !== undefined);
  if (written.length < plain.length || written.some((each) => each.length !== length)) return undefined;
  return {
    bytes: written,
    escapes: [...plain, ...oddCharacters].map((each) => Array.from({ length: each.length }, (_, i) => each.charCodeAt(i))),
    pairs: oddCharacters.map(pairOf),
  };
}

function pairOf(character: string): Pair {
  const [second = 0, first = 0, lead = 0] = [...Buffer.from(character)].reverse();
  return [first, second, lead];
}

function writtenShort(character: string): Uint8Array | undefined {
  if (character === '/' || /^[\ud800-\udfff]$/.test(character)) return undefined;
  const short = JSON.stringify(character).slice(1, -1);
  return short.startsWith('\\u') ? undefined : Buffer.from(short);
}

/** Other characters that are the same when case is ignored, by Unicode's simple folding. */
function foldsOf(character: string): string[] {
  if (character < '\u0080') {
    const other = /[a-z]/.test(character) ? character.toUpperCase() : character.toLowerCase();
    return other === character ? [] : [other];
  }
  casedLetters ??= lettersWithCase();
  return (casedLetters.match(new RegExp(character, 'giu')) ?? []).filter((each) => each !== character);
}

let casedLetters: string | undefined;

/** Every character that has another case, about 3000. */
function lettersWithCase(): string {
  const all: string[] = [];
  for (let code = 0; code < 0x20000; code += 0x400) {
    if (code >= 0xd800 && code < 0xe000) continue;
    all.push(String.fromCodePoint(...Array.from({ length: 0x400 }, (_, i) => code + i)));
  }
  return (all.join('').match(/\p{Changes_When_Casemapped}/gu) ?? []).join('');
}
