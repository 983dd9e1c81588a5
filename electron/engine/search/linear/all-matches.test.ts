import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { toRe2 } from '../../query/re2-syntax.ts';
import { seededRandom } from '../../select/random.ts';
import { AllMatches, type Span } from './all-matches.ts';

const random = seededRandom(31);
const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';

function allMatches(source: string, ignoreCase = false): AllMatches | undefined {
  return AllMatches.of(source, (part) => {
    const one = RE2JS.compile(toRe2(part, 'u'), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return (character) => one.matches(character);
  });
}

/** Every match from a place on, found by looking back once. */
function spansOf(source: string, text: string, { from = 0, ignoreCase = false } = {}): Span[] | undefined {
  const looking = allMatches(source, ignoreCase)?.in(text, from);
  let step = looking?.next();
  while (step && !step.done) step = looking?.next();
  const find = step?.value;
  return find && spansBy(find, text, from);
}

function spansBy(find: (at: number) => Span | undefined, text: string, from: number): Span[] {
  const spans: Span[] = [];
  for (let found = find(from); found;) {
    spans.push(found);
    const next = found.end > found.start ? found.end : found.end + ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1);
    found = next <= text.length ? find(next) : undefined;
  }
  return spans;
}

const atoms = String.raw`a b é 😀 . ^ $ \s \S \d \w \W \b \B [a-c] [^a] [^] [] (?:ab) (a|b) (a|ab) (|a) (a*) (?:b?a?) (?:\b|a) \n`.split(
  ' ',
);
const quantifiers = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}', '{0,}', '{0}'];
const letters = ['a', 'b', 'c', 'A', 'B', 'é', 'É', '😀', ' ', '\n', '1', '\ud83d'];

function randomPattern(depth = 2): string {
  const part = (): string => {
    const atom = depth > 0 && random() < 0.3 ? `(${randomPattern(depth - 1)})` : pick(atoms);
    return /^(?:\^|\$|\\[bB])$/.test(atom) ? atom : atom + pick(quantifiers);
  };
  return Array.from({ length: 1 + Math.floor(random() * 3) }, part).join(pick(['', '', '|']));
}

test('finds what RE2 finds, match by match, and what JavaScript does but for loops over nothing', { timeout: 60_000 }, () => {
  let count = 0;
  let equalToJs = 0;
  for (let round = 0; round < 3000; round++) {
    const source = randomPattern();
    const ignoreCase = random() < 0.3;
    const re2 = RE2JS.compile(toRe2(source, ignoreCase ? 'iu' : 'u'), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    const text = Array.from({ length: Math.floor(random() * 12) }, () => pick(letters)).join('');
    const expected = spansBy(
      (at) => {
        const found = re2.matcher(text);
        return found.find(at) ? { start: found.start(), end: found.end() } : undefined;
      },
      text,
      0,
    );
    expect(spansOf(source, text, { ignoreCase }), `/${source}/ in ${JSON.stringify(text)}`).toEqual(expected);
    const js = [...text.matchAll(new RegExp(source, ignoreCase ? 'giu' : 'gu'))].map(({ 0: found, index }) =>
      [index, index + found.length].join(),
    );
    if (js.join(' ') === expected.map(({ start, end }) => [start, end].join()).join(' ')) equalToJs++;
    count += expected.length;
  }
  expect(count).toBeGreaterThan(3000);
  expect(equalToJs).toBeGreaterThan(2800);
});

test('what lies before the place it begins at still stands around it', () => {
  expect(spansOf('\\ba|^b|a$', 'aaba ba', { from: 1 })).toEqual([{ start: 6, end: 7 }]);
  expect(spansOf('a|ab', 'xabab', { from: 2 })).toEqual([{ start: 3, end: 4 }]);
});

test('a match of each character, every one of which might have been the whole text', () => {
  const text = 'a'.repeat(300_000);
  expect(spansOf('[^z]*z|a', text)).toHaveLength(text.length);
  expect(spansOf('[^z]*z|a', `${text}z${text}`)).toHaveLength(1 + text.length);
  expect(spansOf('(?:a|aa)+?(?:b|$)|a{3}', text.slice(1))).toEqual([{ start: 0, end: text.length - 1 }]);
});

test('a pattern that would take too much memory is left to others', () => {
  expect(allMatches('(?:a{100}){100}')).toBeUndefined();
  const text = Array.from({ length: 400_000 }, () => pick(['a', 'b'])).join('');
  expect(spansOf('(?:a|b){300}a|b', text)).toBeUndefined();
});
