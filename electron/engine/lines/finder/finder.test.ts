import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../select/random.ts';
import { escapedUnit, mayStandAround } from './escapes.ts';
import { marksOf, marksOfKey, marksOfTexts } from './marks.ts';
import { PlainFinder } from './plain-finder.ts';
import { requiredTexts } from './required-texts.ts';
import { type Spellings, spellingsOf } from './spellings.ts';
import type { Finder, Marks } from './types.ts';
import { WasmFinder } from './wasm-finder.ts';

const random = seededRandom(5);
const upTo = (count: number): number => Math.floor(random() * count);
const pick = (list: readonly string[]): string => list[upTo(list.length)] ?? '';

/** Every place where a finder stops, a needle after the other. */
function places(finder: Finder, { needles }: Marks, from: number, to: number): number[][] {
  return needles.map((_, needle) => {
    const found: number[] = [];
    for (let at = finder.find(needle, from, to); at < to; at = finder.find(needle, at + 1, to)) found.push(at);
    return found;
  });
}

test('finds in WASM what it finds byte by byte, wherever the chunk is cut', () => {
  const wasm = new WasmFinder();
  const plain = new PlainFinder();
  const written = [
    'a',
    'b',
    'k',
    'K',
    's',
    '\u212a',
    '\u017f',
    '\u0130',
    'é',
    'É',
    '😀',
    '\\"',
    '\\n',
    '\\u00e9',
    '\\u0061',
    '\\u212A',
    '中',
  ];
  const patterns = ['ab', 'a', 'é', 'k', 'sik', '😀', 'a"\n', 'ab|k中|É+', 'x'.repeat(300)];
  let found = 0;
  for (let round = 0; round < 300; round++) {
    const pattern = { text: pick(patterns), regex: random() < 0.5, ignoreCase: random() < 0.5 };
    const marks = marksOf(pattern);
    if (!marks) continue;
    const bytes = new TextEncoder().encode(Array.from({ length: 1 + upTo(200) }, () => pick(written)).join(''));
    const from = upTo(100);
    for (const finder of [wasm, plain]) {
      finder.load(marks);
      // What lies around is never looked at: it is full of needles.
      for (let at = 0; at < 2000; at += 8) finder.chunk.set(new TextEncoder().encode('ab\\u0061'), at);
      finder.chunk.set(bytes, from);
    }
    const to = from + bytes.length;
    const expected = places(plain, marks, from, to);
    expect(places(wasm, marks, from, to), JSON.stringify(pattern)).toEqual(expected);
    found += expected.flat().length;
  }
  expect(found).toBeGreaterThan(1000);
});

describe('spellings', () => {
  const cased = Array.from({ length: 0x20000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code >= 0xe000)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /\p{Changes_When_Casemapped}/u.test(character));
  const text = cased.join('');

  /** Whether a line that holds a character, written short, is suspect for another. */
  const isSuspect = (character: string, spellings: ReturnType<typeof spellingsOf>): boolean => {
    if (!spellings) return true;
    const written = Buffer.from(JSON.stringify(character).slice(1, -1));
    return (
      spellings.bytes.some((bytes) => written.equals(bytes)) ||
      spellings.pairs.some(([first, second]) => written.at(-2) === first && written.at(-1) === second)
    );
  };

  const unitsOf = (character: string): number[] => Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  const escapedIn = ({ escapes }: Spellings): string[] => escapes.map((units) => JSON.stringify(units));

  test('every letter that RE2 takes for another, case ignored, makes lines suspect for it', { timeout: 60_000 }, () => {
    let folded = 0;
    for (const letter of cased) {
      const matcher = RE2JS.compile(RE2JS.quote(letter), RE2JS.CASE_INSENSITIVE).matcher(text);
      const spellings = spellingsOf(letter, true);
      for (let found = matcher.find(); found; found = matcher.find()) {
        const other = text.slice(matcher.start(), matcher.end());
        expect(isSuspect(other, spellings), `${letter} ${other}`).toBe(true);
        if (spellings) expect(escapedIn(spellings), `${letter} ${other}`).toContain(JSON.stringify(unitsOf(other)));
        folded++;
      }
    }
    expect(folded).toBeGreaterThan(2 * 1300);
  });

  test('every letter whose small letter is another makes lines suspect for that', () => {
    for (const letter of cased) {
      for (const small of letter.toLowerCase()) {
        const spellings = spellingsOf(small, true);
        expect(isSuspect(letter, spellings), `${letter} ${small}`).toBe(true);
        if (spellings) expect(escapedIn(spellings)).toContain(JSON.stringify(unitsOf(letter)));
      }
    }
  });

  test('only what JSON writes in one way is looked for', () => {
    const bytes = (character: string): string[] | undefined =>
      spellingsOf(character, false)?.bytes.map((each) => Buffer.from(each).toString());
    expect(['a', '"', '\\', '\n', '\b', 'é', '😀', '\u007f'].map(bytes)).toEqual([
      ['a'],
      ['\\"'],
      ['\\\\'],
      ['\\n'],
      ['\\b'],
      ['é'],
      ['😀'],
      ['\u007f'],
    ]);
    expect(['/', '\u0007', '\u000b', '\ud83d', '\ude00'].map(bytes)).toEqual(Array.from({ length: 5 }, () => undefined));
  });
});

test('around an escape a needle may stand, or not', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(`{"text":"${text}" and so on, and on"}`);
  const may = (needle: string, text: string, ignoreCase = false): boolean => {
    const marks = marksOfTexts([needle], ignoreCase);
    const line = bytes(text);
    const at = new TextDecoder('latin1').decode(line).indexOf('\\u');
    return (
      marks !== undefined && [0, 6].some((more) => mayStandAround(line, at + more, escapedUnit(line, at + more) ?? 0, marks.needles[0]!))
    );
  };
  expect(may('北京烤鸭', '\\u5317\\u4eac\\u70e4\\u9e2d')).toBe(true);
  expect(may('北京烤鸭', '\\u5317\\u4eac\\u70e4\\u9e2e')).toBe(false);
  expect(may('北京烤鸭', '北\\u4eac烤\\u9E2D')).toBe(true);
  expect(may('北京烤鸭', '东\\u4eac烤鸭')).toBe(false);
  expect(may('Café', 'CAF\\u00c9', true)).toBe(true);
  expect(may('Café', 'CAT\\u00c9', true)).toBe(false);
  expect(may('a😀b', 'a\\ud83d\\ude00b')).toBe(true);
  expect(may('a😀b', 'a\\ud83c\\ude00b')).toBe(false);
  expect(may('a\n"', '\\u0061\\n\\"')).toBe(true);
  expect(may('task', 't\\u0061\\u017f\\u212a', true)).toBe(true);
  // The bytes end before it can be told.
  expect(mayStandAround(bytes('\\u0078yz').subarray(0, 16), 9, 0x78, marksOfTexts(['xyz'], false)!.needles[0]!)).toBe(true);
});

test('a key is looked for in its quotes, however it is written', () => {
  const finder = new WasmFinder();
  const isSuspect = (key: string, line: string): boolean => {
    const marks = marksOfKey(key);
    if (!marks) return true;
    finder.load(marks);
    const bytes = new TextEncoder().encode(line);
    finder.chunk.set(bytes);
    return finder.find(0, 0, bytes.length) < bytes.length;
  };
  expect(isSuspect('level', '{"level": 3}')).toBe(true);
  expect(isSuspect('level', '{"l\\u0065vel": 3}')).toBe(true);
  expect(isSuspect('level', '{"levels": "level 3, \\"level\\""}')).toBe(false);
  expect(isSuspect('a"b', '{"a\\"b": 3}')).toBe(true);
  expect(isSuspect('a/b', '{"a\\/b": 3}')).toBe(true);
  expect(isSuspect('', '{"": 3}')).toBe(true);
  expect(isSuspect('é'.repeat(200), `{"${'é'.repeat(200)}": 3}`)).toBe(true);
});

test('the two rarest bytes are those looked at', () => {
  const rare = (text: string, ignoreCase = false): string[] | undefined =>
    marksOfTexts([text], ignoreCase)?.needles[0]?.rare.map((at) => text[at] ?? '');
  expect(rare('the largest zebra')).toEqual(['z', 'b']);
  expect(rare('Ostrich')).toEqual(['O', 'h']);
  expect(rare('x')).toEqual(['x', 'x']);
});

test('what a pattern needs is never more than what it needs', () => {
  expect(requiredTexts('abc')).toEqual(['abc']);
  expect(requiredTexts('abc|de+f')).toEqual(['abc', 'de']);
  expect(requiredTexts('ab*c')).toEqual(['a']);
  expect(requiredTexts('ab{0,2}cd')).toEqual(['cd']);
  expect(requiredTexts('ab{2}c')).toEqual(['ab']);
  expect(requiredTexts('(abc)?de')).toEqual(['de']);
  expect(requiredTexts('(abc|x)\\.y')).toEqual(['.y']);
  expect(requiredTexts('\\b(time(out|r)|traceback)\\b')).toEqual(['time', 'traceback']);
  expect(requiredTexts('(?:a(bcd)+e|f)[gh]{3}')).toEqual(['bcd', 'f']);
  expect(requiredTexts('(a|bc)*d')).toEqual(['d']);
  expect(requiredTexts('(a|)b|c')).toEqual(['b', 'c']);
  expect(requiredTexts('line\\nnext\\t\\/')).toEqual(['line\nnext\t/']);
  expect(requiredTexts('(ab|cd)?[x|z]{3}')).toBeUndefined();
  expect(requiredTexts('x(ab|cd|)')).toEqual(['x']);
  expect(requiredTexts('(?i:abc)')).toBeUndefined();
  expect(requiredTexts('\\d+')).toBeUndefined();
  expect(requiredTexts('[abc]|abc')).toBeUndefined();
  expect(requiredTexts('😀?x')).toEqual(['x']);
});

test('every match of made-up patterns holds one of the texts it needs', () => {
  const part = (depth: number): string => {
    const kind = upTo(depth > 0 ? 6 : 3);
    if (kind < 3) return pick(['a', 'b', 'ab', '[ab]', '.', '\\x61', '\\.', 'c']);
    return kind === 3 ? `(${pattern(depth - 1)}|${pattern(depth - 1)})` : `(?:${pattern(depth - 1)})`;
  };
  const repeats = ['', '', '', '*', '?', '+', '{2}', '{0,1}', '+?'];
  const pattern = (depth: number): string => Array.from({ length: 1 + upTo(3) }, () => part(depth) + pick(repeats)).join('');
  let held = 0;
  for (let round = 0; round < 2000; round++) {
    const source = pattern(2);
    const texts = requiredTexts(source);
    if (!texts) continue;
    const searched = Array.from({ length: 12 }, () => pick(['a', 'b', 'c', '.'])).join('');
    for (const [match] of searched.matchAll(new RegExp(source, 'gsu'))) {
      expect(
        texts.some((text) => match.includes(text)),
        `${source} ${match} ${texts.join()}`,
      ).toBe(true);
      held++;
    }
  }
  expect(held).toBeGreaterThan(1000);
});
