import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { firstOdd, OddReader } from './index.ts';
import { JsonWalk } from './json-walk.ts';
import { slowOdd } from './testing/slow-odd.ts';

const walk = new JsonWalk();

function odd(text: string | Uint8Array): { kind: string; path: string }[] {
  const found: { kind: string; path: string }[] = [];
  walk.walk(typeof text === 'string' ? Buffer.from(text) : text, (kind) => found.push({ kind, path: walk.path() }));
  return found;
}
const paths = (kind: string, text: string): string[] => odd(text).flatMap((each) => (each.kind === kind ? [each.path] : []));

test('half a surrogate pair in texts and keys; not a pair, and not an escaped backslash', () => {
  const rows = String.raw`{"a":["\ud83d","\ud83d\ude00","\ude00\ud83d","\\ud83d","\uD83Dx","\ud83d\ud83d\ude00","\\\udc00","é\u00e9"],"\udfff":1}`;
  expect(paths('lone-surrogate', rows)).toEqual(['a[0]', 'a[2]', 'a[4]', 'a[5]', 'a[6]', '\udfff']);
});

test('a key that an object has twice, however it is written; other objects may have it', () => {
  const text = String.raw`{"a":{"b":1,"c":{"b":2},"\u0062":3},"d":[{"a":1},{"a":1,"a":2}],"":0,"":1,"é":1,"\u00e9":2,"😀":1,"\uD83D\uDE00":1,"\/":1,"/":2,"\n":1,"n":2,"a":9}`;
  expect(paths('duplicate-key', text)).toEqual(['a.b', 'd[1].a', '', 'é', '😀', '/', 'a']);
});

test('objects of many keys, and many objects of few', () => {
  const keys = Array.from({ length: 50_000 }, (_, i) => `"key${i}":{"\\u0061${i}":[]}`);
  expect(odd(`{${keys.join()}}`)).toEqual([]);
  expect(paths('duplicate-key', `{${keys.join()},"\\u006bey49999":1,"x":1,"key3":2,"x":{"key3":1}}`)).toEqual(['key49999', 'key3', 'x']);
});

test.each([
  ['9007199254740992', false],
  ['9007199254740993', true],
  ['-9007199254740993', true],
  ['9007199254740994', false],
  ['100000000000000000000', false],
  ['100000000000000000001', true],
  ['12345678901234567890.5', false],
  ['1e400', true],
  ['-1E+309', true],
  ['1.7976931348623157e308', false],
  ['1e-400', false],
  ['0.1234567890123456789', false],
  [`1${'0'.repeat(400)}`, true],
  [`1${'0'.repeat(400)}e-400`, false],
])('%s beyond float64: %s', (digits, is) => {
  expect(paths('beyond-float64', `{"a":[0, ${digits} ]}`)).toEqual(is ? ['a[1]'] : []);
});

test('depth without end, and bytes that are no JSON, end the walk', () => {
  const deep = `${'{"a":['.repeat(30_000)}1e999${']}'.repeat(30_000)}`;
  expect(odd(deep)).toEqual([{ kind: 'beyond-float64', path: expect.stringMatching(/^a\[0\]\.a.*…$/) }]);
  for (const broken of ['"', '{"a', '{"a\\', '{"\\ud8', '}]}],,"x"', '{"a":-', '["\\ud83d\\u']) odd(broken);
});

const seeded = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};

/** Random JSON in which little names and odd values come again and again. */
function randomJson(random: (below: number) => number, depth = 0): string {
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
  const space = (): string => pick(['', '', '', ' ', '\t ']);
  const atoms = ['a', 'b', 'é', '\\u0061', '\\u00e9', '\\ud83d', '\\ude00', '\\uD83D\\uDE00', '😀', '\\\\', '\\"', '\\n', 'u', '{', ','];
  const string = (): string => `"${Array.from({ length: random(3) }, () => pick(atoms)).join('')}"`;
  const numbers = [
    '0',
    '-1',
    '1.5e-7',
    '9007199254740993',
    '18014398509481985',
    '1e308',
    '1e309',
    '-12345678901234567890',
    '3E5',
    '9'.repeat(15),
  ];
  const many = (item: () => string): string => Array.from({ length: random(random(9) === 0 ? 40 : 5) }, item).join(`${space()},${space()}`);
  switch (depth > 5 ? random(3) : random(6)) {
    case 0:
      return string();
    case 1:
      return pick(numbers);
    case 2:
      return pick(['true', 'false', 'null']);
    case 3:
      return `[${space()}${many(() => randomJson(random, depth + 1))}${space()}]`;
    default:
      return `{${space()}${many(() => `${string()}${space()}:${space()}${randomJson(random, depth + 1)}`)}${space()}}`;
  }
}

test('finds what a slow parser finds, in random JSON', () => {
  const random = seeded(7);
  const met = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const text = `{"x":${randomJson(random)},"y":[${randomJson(random)}]}`;
    expect(() => JSON.parse(text)).not.toThrow();
    const expected = slowOdd(text);
    for (const { kind } of expected) met.add(kind);
    const cut = expected.map(({ kind, path: at }) => ({ kind, path: at.length > 200 ? `${at.slice(0, 200)}…` : at }));
    expect(odd(text), text).toEqual(cut);
  }
  expect(met.size).toBe(3);
});

test('bits and counts of a block, and the first finding of a line as it is written', () => {
  const reader = new OddReader();
  const lines = ['{"a":1}', String.raw`{"a":["\ud83d","\ud83e"],"a":1e999}`, '{"a":{"b":[12345678901234567890]}}'].map((line) =>
    Buffer.from(line),
  );
  lines.forEach((line, i) => reader.take(i, line));
  expect(reader.done()).toEqual({ lines: [1, 2], bits: [0b111, 0b100], counts: [2, 1, 2] });
  expect(lines.map((line) => firstOdd(line, 'lone-surrogate'))).toEqual([undefined, { at: 'a[0]', text: String.raw`\ud83d` }, undefined]);
  expect(firstOdd(Buffer.from(lines[2] ?? ''), 'beyond-float64')).toEqual({ at: 'a.b[0]', text: '12345678901234567890' });
});

const folder = path.resolve(import.meta.dirname, '../../../../shared/rollouts');
test.skipIf(!existsSync(folder))(
  'finds in every reference file what a slow parser finds (skipped: no ../shared/rollouts here)',
  { timeout: 60_000 },
  () => {
    let checked = 0;
    for (const file of globSync('*/*rollouts*.jsonl', { cwd: folder })) {
      const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
      for (const line of lines.filter((each) => each.length < 400_000)) {
        try {
          JSON.parse(line);
        } catch {
          continue;
        }
        const expected = slowOdd(line);
        expect(odd(line), file).toEqual(expected);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(60);
  },
);
