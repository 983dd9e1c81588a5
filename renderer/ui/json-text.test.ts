import { expect, test } from 'vitest';
import { indentJson, jsonTokens, objectMembers } from './json-text.ts';

test('indenting keeps every token: numbers as written, doubled keys, escapes', () => {
  const text = '{"a":1.0,"a":9007199254740993,"s":"x\\"{,\\\\","e":[],"o":{ },"l":[1,{"b":null}]}';
  const indented = indentJson(text);
  expect(indented).toBe(
    '{\n  "a": 1.0,\n  "a": 9007199254740993,\n  "s": "x\\"{,\\\\",\n  "e": [],\n  "o": {},\n  "l": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}',
  );
  expect(JSON.parse(indented)).toEqual(JSON.parse(text));
});

test('indented JSON equals JSON.stringify where that loses nothing', () => {
  const value = { a: [1, 2, { b: 'c: {"d": 1}', 'e"': true }], empty: {}, n: null, text: 'two\nlines\\' };
  expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(indentJson(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
});

test('members of an object, each value as it is written', () => {
  expect(objectMembers('{ "mass1": 1.0, "n" :9007199254740993 ,"s":"a, b","o":{"x":[1,2]},"é":null}')).toEqual([
    { name: 'mass1', value: '1.0' },
    { name: 'n', value: '9007199254740993' },
    { name: 's', value: '"a, b"' },
    { name: 'o', value: '{"x":[1,2]}' },
    { name: 'é', value: 'null' },
  ]);
  expect(objectMembers('{}')).toEqual([]);
});

test.each(['', '[1]', '"text"', '{"a":1', 'null', 'run this'])('no object: %j', (text) => {
  expect(objectMembers(text)).toBeNull();
});

test('tokens of a line join to the line, a string that is cut off included', () => {
  const line = '  "key": ["a\\"b", -1.5e-7, true, null, "cut off';
  expect(
    jsonTokens(line)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(line);
  expect(jsonTokens(line).filter((piece) => piece.kind !== 'other')).toEqual([
    { kind: 'key', text: '"key"' },
    { kind: 'string', text: '"a\\"b"' },
    { kind: 'number', text: '-1.5e-7' },
    { kind: 'word', text: 'true' },
    { kind: 'word', text: 'null' },
    { kind: 'string', text: '"cut off' },
  ]);
});
