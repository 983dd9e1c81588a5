import { expect, test } from 'vitest';
import { isJsonObject, JsonDepthError, JsonNumber, maxJsonDepth, parseJson, parseKnownJson, plainJson, writeJson } from './json.ts';

test.each([
  '1.0',
  '-0',
  '1e5',
  '1E+05',
  '9007199254740993',
  '3.14159265358979323846',
  '6.6743e-11',
  '1180591620717411303424',
  '0.1',
  '42',
  '-7',
])('%s is written as it was read', (text) => {
  expect(writeJson(parseJson(text))).toBe(text);
  expect(writeJson(parseJson(`{"a":[${text},{"b":${text}}]}`))).toBe(`{"a":[${text},{"b":${text}}]}`);
});

test('only a number that would not survive is kept as text', () => {
  expect(parseJson('[1, 0.5, 1.0]')).toEqual([1, 0.5, new JsonNumber('1.0')]);
});

test('lists of whole numbers are read as they are, the long ones exactly', () => {
  const ids = Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 200_000);
  const text = `{"reward":1.0,"ids":[${ids.join(',')}],"more":[${ids.slice(0, 9).join(', ')}],"deep":[[0],[1,[2]],[3]],"none":[],"s":"[1,2"}`;
  expect(writeJson(parseJson(text))).toBe(text.replaceAll(', ', ','));
  for (const odd of ['[1,9007199254740993]', '[1,2.0]', '[0,-0]', '[5,"]"]', '[12,null]', '[1,1e2]', '[123456789012345,1]'])
    expect(writeJson(parseJson(odd))).toBe(odd);
  expect(() => parseKnownJson('[1.0,[1,2')).toThrow(SyntaxError);
  expect(() => parseKnownJson('[1.0,[1 2]]')).toThrow(SyntaxError);
});

test.each(['"a\\"b\\\\", "x"', '"\\\\"', '"\\u00e9\\n\\t\\ud83d\\ude00"', '"tail \\\\\\" quote", "next \\\\", "plain", "again \\""', '""'])(
  'strings with escapes read as JSON.parse does: %s',
  (strings) => {
    const text = `{"n": 1.5, "s": [ ${strings} ] ,"e":{},"l":[ ],"b":[true,false,null]}`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
  },
);

test('agrees with JSON.parse on random values, whatever the spacing', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const pieces = ['a', '"', '\\', '\n', '\u2028', 'é', '😀', '\\u', '}', ']', ','];
  const value = (depth: number): unknown => {
    switch (random(depth > 4 ? 4 : 6)) {
      case 0:
        return random(1000) / 8;
      case 1:
        return [true, false, null][random(3)];
      case 2:
      case 3:
        return Array.from({ length: random(6) }, () => pieces[random(pieces.length)]).join('');
      case 4:
        return Array.from({ length: random(4) }, () => value(depth + 1));
      default:
        return Object.fromEntries(Array.from({ length: random(4) }, (_, i) => [`${pieces[random(pieces.length)]}${i}x`, value(depth + 1)]));
    }
  };
  for (let i = 0; i < 2000; i++) {
    const made = [1.25, value(0)];
    const text = JSON.stringify(made, null, random(3));
    expect(parseJson(text)).toEqual(made);
    expect(parseKnownJson(text)).toEqual(made);
    expect(writeJson(made)).toBe(JSON.stringify(made));
    expect(writeJson(made, 2)).toBe(JSON.stringify(made, null, 2));
  }
});

test('a key named __proto__ is a key', () => {
  const read = parseJson('{"__proto__":{"polluted":1.0},"a":1.0}');
  expect(writeJson(read)).toBe('{"__proto__":{"polluted":1.0},"a":1.0}');
  expect(isJsonObject(read) && 'polluted' in read).toBe(false);
});

test('of equal keys the last wins', () => {
  expect(writeJson(parseJson('{"a":1.0,"b":2,"a":3.0}'))).toBe('{"a":3.0,"b":2}');
});

test.each(['', '{', '{"a":1.0', '[1.0,]', '{"a":NaN,"b":1.0}', '"raw\nbreak 1.0"', '1.0 2', '01.0'])('%j is no JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test.each(['1', '1.0', '"text"'])('nesting beyond the limit is refused in both directions, whatever it holds: %s', (inner) => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
  expect(writeJson(parseJson(nested(maxJsonDepth)))).toBe(nested(maxJsonDepth));
  expect(() => parseJson(nested(maxJsonDepth + 1))).toThrow(JsonDepthError);
  expect(() => parseJson(nested(20_000))).toThrow(JsonDepthError);
  expect(() => parseJson(`{"a":${'{"b":'.repeat(maxJsonDepth)}1${'}'.repeat(maxJsonDepth + 1)}`)).toThrow(JsonDepthError);
  expect(() => writeJson(JSON.parse(nested(20_000)))).toThrow(JsonDepthError);
});

test('a value that travels holds the numbers that float64 holds, and the digits of the others', () => {
  const text = '[1.0, 1e3, 0.1, -0.0, 9007199254740993, 1e400, {"__proto__": 2.0, "s": "1.0"}]';
  const plain = plainJson(parseJson(text));
  expect(plain).toEqual([1, 1000, 0.1, -0, '9007199254740993', '1e400', JSON.parse('{"__proto__": 2, "s": "1.0"}')]);
});

test('a value that is undefined is left out; JSON.stringify rounds', () => {
  expect(writeJson({ a: undefined, b: parseJson('1.0') })).toBe('{"b":1.0}');
  expect(JSON.stringify({ b: parseJson('9007199254740993') })).toBe('{"b":9007199254740992}');
});

test('reading ends, whatever the text: cut, mixed up or none', () => {
  const text = '{"a":[1.5,{"b":"x\\"y","c":null}],"d":{"e":[true,false,-0]}}';
  let seed = 3;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const broken = [...Array(text.length).keys()].map((end) => text.slice(0, end));
  for (let i = 0; i < 5000; i++) {
    const at = random(text.length);
    broken.push(`${text.slice(0, at)}${'{}[]",:0e\\ n'.charAt(random(12))}${text.slice(at + random(3))}1.5`);
  }
  for (const each of broken) {
    try {
      parseKnownJson(each);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }
});
