import { expect, test } from 'vitest';
import { writeJson } from '#shared/model/json.ts';
import { seededRandom } from '../../select/index.ts';
import { JsonParts } from './json-parts.ts';

const texts = ['', 'a', '"', '\\', '\\"', '{"a":[1,2]}', '],}', '你好 \u2028', '\u0000\n', 'x'.repeat(300), '\\\\"\\'];

function randomValue(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth > 3 ? 5 : 7));
  const text = texts[Math.floor(random() * texts.length)] ?? '';
  const many = Array.from({ length: Math.floor(random() * 4) });
  switch (pick) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return random() * 1e9 - 5e8;
    case 3:
    case 4:
      return text;
    case 5:
      return many.map(() => randomValue(random, depth + 1));
    default:
      return Object.fromEntries(many.map((_, i) => [`${text}${i}`, randomValue(random, depth + 1)]));
  }
}

test('fields of objects and values of lists are where JSON.parse finds them', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 3000; round++) {
    const value = Object.fromEntries(texts.slice(0, Math.floor(random() * texts.length)).map((name) => [name, randomValue(random, 0)]));
    const json = Buffer.from(writeJson(value));
    const parts = new JsonParts(json);
    const fields = [...parts.fields()].map(([name, { start, end }]) => [name, json.toString('utf8', start, end)]);
    expect(fields).toEqual(Object.entries(value).map(([name, each]) => [name, writeJson(each)]));
    for (const [name, span] of parts.fields()) {
      const list = value[name];
      if (!Array.isArray(list)) continue;
      expect(parts.items(span).map((item) => item.toString('utf8'))).toEqual(list.map((each) => writeJson(each)));
    }
  }
});

test('what is cut short ends', () => {
  expect(() => new JsonParts(Buffer.from('{"a":"b')).fields()).toThrow(SyntaxError);
  expect(() => new JsonParts(Buffer.from('{"a"}')).fields()).toThrow(SyntaxError);
});
