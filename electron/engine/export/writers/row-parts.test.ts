import { expect, test } from 'vitest';
import { JsonDepthError, maxJsonDepth, parseJson, writeJson } from '#shared/model/json.ts';
import { seededRandom } from '../../select/index.ts';
import { ByteSink } from './byte-sink.ts';
import { RowParts, writeParts } from './row-parts.ts';

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

function written(row: Record<string, unknown>, out = new ByteSink()): { parts: RowParts; bytes: number } {
  const from = out.length;
  const bytes = writeParts(row, out);
  return { parts: new RowParts(Buffer.from(out.written().slice(from))), bytes };
}

test('a row is written as writeJson writes it, and its parts are where JSON.parse finds them', () => {
  const random = seededRandom(3);
  const out = new ByteSink();
  for (let round = 0; round < 3000; round++) {
    const row = Object.fromEntries(
      texts.slice(0, Math.floor(random() * texts.length)).map((name) => [name, random() < 0.1 ? undefined : randomValue(random, 0)]),
    );
    const { parts, bytes } = written(row, out);
    expect(parts.text.toString('utf8')).toBe(writeJson(row));
    expect(bytes).toBe(parts.text.length);
    const present = Object.entries(row).filter(([, value]) => value !== undefined);
    expect([...parts.names]).toEqual(present.map(([name]) => name));
    for (const [name, value] of present) {
      expect(parts.value(name)?.toString('utf8')).toBe(writeJson(value));
      expect(parts.items(name)?.map((item) => item.toString('utf8'))).toEqual(
        Array.isArray(value) ? value.map((each) => writeJson(each)) : undefined,
      );
    }
    if (out.length > 100_000) out.clear(0);
  }
  expect(written({}).parts.value('none')).toBeUndefined();
});

test('a list may be as long as it is', () => {
  const ids = Array.from({ length: 300_000 }, (_, i) => i);
  const { parts } = written({ ids, after: 'x' });
  expect(parts.items('ids')).toHaveLength(ids.length);
  expect(parts.items('ids')?.at(-1)?.toString('utf8')).toBe('299999');
  expect(parts.value('after')?.toString('utf8')).toBe('"x"');
});

test('numbers stay as they were read, and what is nested too deep is refused as by writeJson', () => {
  const numbers = { a: parseJson('[1.0,{"b":12345678901234567890}]'), c: parseJson('1e400') };
  expect(written(numbers).parts.text.toString('utf8')).toBe('{"a":[1.0,{"b":12345678901234567890}],"c":1e400}');
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 'x');
  for (const value of [nested(maxJsonDepth - 1), { a: nested(maxJsonDepth - 2) }])
    expect(written({ value }).parts.text.toString('utf8')).toBe(writeJson({ value }));
  for (const value of [nested(maxJsonDepth), { a: nested(maxJsonDepth - 1) }]) {
    expect(() => writeJson({ value })).toThrow(JsonDepthError);
    expect(() => written({ value })).toThrow(JsonDepthError);
  }
});
