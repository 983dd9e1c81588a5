import { expect, test } from 'vitest';
import { parseExpression } from '#shared/model/expression/index.ts';
import { patternTest } from './linear-regex.ts';
import { pickOf, seededRandom } from './testing/random.ts';

const finder = (source: string, flags: string) => patternTest({ kind: 'regex', source, flags, start: 0, end: 0 });
const find = (source: string, flags: string, text: string): boolean => finder(source, flags)(text);

const atoms =
  String.raw`a B é . ^ $ \s \S \d \D \w \W \b \B [a-c] [^a] [\s\d] [^\S] [\Sx] \u00e9 \x41 \/ \. \- [\]\[] [[] [^] (?:ab) (a|b) (?<n>a) \0 \cJ \t \n [\b] } ] \_`.split(
    ' ',
  );
const letters = 'abBAcéÉ1 \n\u2028\u00a0.-/[]}\0\t\b_\r'.split('');

test('finds what JavaScript finds', () => {
  const random = seededRandom(21);
  for (let round = 0; round < 700; round++) {
    const part = (): string => pickOf(random, atoms) + pickOf(random, ['', '', '', '*', '+?', '?', '{1,2}']);
    const source = Array.from({ length: 1 + Math.floor(random() * 3) }, part).join(pickOf(random, ['', '', '|']));
    const flags = pickOf(random, ['', 'i', 's', 'is']);
    let regex: RegExp;
    try {
      regex = new RegExp(source, flags);
    } catch {
      continue;
    }
    const linear = finder(source, flags);
    for (let i = 0; i < 20; i++) {
      const text = Array.from({ length: Math.floor(random() * 5) }, () => pickOf(random, letters)).join('');
      expect(linear(text), `/${source}/${flags} in ${JSON.stringify(text)}`).toBe(regex.test(text));
    }
  }
});

test('with m a line begins and ends at newlines', () => {
  expect(find('^b$', 'm', 'a\nb\nc')).toBe(true);
  expect(find('^b$', '', 'a\nb\nc')).toBe(false);
  expect(find('a$', '', 'a\n')).toBe(false);
});

test('a character above U+FFFF is one, with or without u', () => {
  expect(find('^.$', '', '\u{1f600}')).toBe(true);
  expect(find('^\\u{1f600}$', 'u', '\u{1f600}')).toBe(true);
  expect(find('^\\p{L}+$', 'u', 'größe')).toBe(true);
});

test('no pattern takes for ever', () => {
  const hostile = 'a'.repeat(50_000) + '!';
  for (const source of ['^(a+)+$', '(a|aa)+$', '(.*a){12}$', '^(a|a?)+$', '(a*)*b', '([a-z]+)+\\d'])
    expect(find(source, '', hostile), source).toBe(false);
});

test('fails at a pattern that is larger than can be searched with', () => {
  expect(() => patternTest({ kind: 'regex', source: '((a{1000}){1000}){10}', flags: '', start: 7, end: 30 })).toThrow(
    'cannot be searched with',
  );
  expect(() => parseExpression('x ~ /(a{1000}){1001}/')).toThrow('1000 times at most');
});
