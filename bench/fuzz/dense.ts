import type { Random } from '../generate/random.ts';
import type { FuzzFile } from './check.ts';
import { rewriteNumber } from './rewrite.ts';

const many = (count: number, make: (i: number) => string | number): string => Array.from({ length: count }, (_, i) => make(i)).join(',');

/** Buffers that fill up inside a chunk, in the middle of a row, of a row that later proves bad. */
export function* denseFiles(): Generator<FuzzFile, void> {
  const wide = `{${many(36000, (i) => `"k${i % 50}":${i}`)},"response":{"output":[{"type":"message","role":"user"}]}`;
  const digits = `{${many(3000, (i) => `"d${i % 20}":${'123456789'.repeat(1 + (i % 40))}.5`)}}`;
  const texts = `{${many(40000, (i) => `"t${i % 3}":"text number ${i}"`)}}`;
  const small = Array.from({ length: 36000 }, (_, i) => (i % 3 ? '1' : `{"a":${i},"s":"${i}"}`));
  const long = [`{"z":"${'x'.repeat(1e6)}"}`, `{"${'y'.repeat(60000)}":1}`, `[${many(100000, (i) => i)}]`, `[${many(100000, (i) => i)},]`];
  const file = Buffer.from(
    [`${wide}}`, `${wide},}`, wide, '{"k0":1}', digits, `${digits}x`, texts, ...small, `${wide}}`, ...long].join('\n'),
  );
  for (const chunkBytes of [64, 262144]) yield { file: manyTypes(), chunkBytes, label: 'many types' };
  yield { file: wideRows(), chunkBytes: 262144, label: 'wide rows' };
  for (const chunkBytes of [64, 65536, 262144]) yield { file, chunkBytes, label: 'dense', ranges: chunkBytes === 65536 ? 5 : 1 };
}

/** As many types of items as a segment has columns for, with items that need none of these. */
function manyTypes(): Buffer {
  const items = Array.from({ length: 256 }, (_, i) => `{"type":"t${i}","role":"user"}`);
  items.push('{"role":"user","content":"u"}', '5', '[]', '{"type":5}');
  return Buffer.from(`{"response":{"output":[${items.join(',')}]}}\n{"response":{"output":[[${items.join(',')}]]}}`);
}

/** Rows of so many fields that their columns are full at once; every seventh is bad at its end. */
function wideRows(): Buffer {
  const row = (i: number): string => `{${many(2000, (key) => `"k${key}":${i}`)}${i % 7 === 3 ? ',' : ''}}`;
  return Buffer.from(Array.from({ length: 140 }, (_, i) => row(i)).join('\n'));
}

const scalars = [
  '0',
  '1',
  '-1',
  '0.5',
  '1e3',
  '123456789012',
  '9007199254740993',
  '1e400',
  'true',
  'false',
  'null',
  '""',
  '"a"',
  '"é"',
  '"\\n"',
  '{}',
  '[]',
];

/** A file of small rows of a few keys, some of them missing, some twice, and now and then a bad row. */
export function denseRows(random: Random, rows: number): Buffer<ArrayBuffer> {
  const keys = ['reward', 'a', 'b', 'id', 'text', 'response'];
  const value = (): string => {
    if (random.chance(0.5)) return random.pick(scalars);
    return random.chance(0.6) ? anyNumber(random) : `"${random.hex(random.int(1, 12))}"`;
  };
  const cell = (): string => `"${random.pick(keys)}":${value()}`;
  const row = (): string => {
    const text = `{${many(random.int(0, 6), cell)}}`;
    return random.chance(0.97) ? text : text.slice(0, random.int(0, text.length));
  };
  return Buffer.from(Array.from({ length: rows }, row).join('\n'));
}

/** A number of up to 20 digits near the borders at which reading it exactly becomes harder, written somehow. */
function anyNumber(random: Random): string {
  const digits = String(random.int(1, 9)) + Array.from({ length: random.int(0, 19) }, () => random.int(0, 9)).join('');
  const near = random.pick([digits, '9007199254740992', '9007199254740993', '4503599627370497']);
  return rewriteNumber(random.chance(0.3) ? near : `${near}e${random.int(-45, 30)}`, random);
}

/** A row of containers in containers, of which one may be closed wrongly. */
export function deepRow(random: Random): Buffer<ArrayBuffer> {
  const depth = random.int(10, 400);
  const open = Array.from({ length: depth }, () => random.pick(['[', '{"a":', '{"response":', '{"output":[', '[1,', '{"b":{},"c":'])).join(
    '',
  );
  const stillOpen: string[] = [];
  for (const byte of open.split('')) {
    if (byte === '[') stillOpen.push(']');
    else if (byte === '{') stillOpen.push('}');
    else if (byte === '}') stillOpen.pop();
  }
  const closed = stillOpen.reverse();
  if (random.chance(0.3)) closed[random.int(0, closed.length - 1)] = random.pick(['}', ']', ',', '']);
  return Buffer.from(`{"a":${open}1${closed.join('')}}`);
}
