import { expect, test } from 'vitest';
import { ReferenceScanner } from './reference/scanner.ts';
import { Scanner } from './scanner.ts';
import type { LineScanner, Segment, SegmentColumn } from './segment.ts';

/** What the kernel makes of a text; the reference must make the same of it. */
function scan(text: string | Buffer, { chunkBytes = 64, from = 0, at = 0 } = {}): Segment {
  const bytes = Buffer.from(text);
  const read = (into: Uint8Array, offset: number, length: number, position: number): number =>
    bytes.copy(into, offset, position - at, position - at + length);
  const size = at + bytes.length;
  const scanWith = (scanner: LineScanner): Segment => finish(scanner.scan(read, { from, to: size, size }));
  const segment = scanWith(new Scanner({ chunkBytes }));
  expect(withoutTexts(scanWith(new ReferenceScanner({ chunkBytes })))).toEqual(withoutTexts(segment));
  return segment;
}

function scanText(scanner: LineScanner, text: string): Segment {
  const bytes = Buffer.from(text);
  const read = (into: Uint8Array, at: number, length: number, position: number): number =>
    bytes.copy(into, at, position, position + length);
  return finish(scanner.scan(read, { from: 0, to: bytes.length, size: bytes.length }));
}

function finish(job: Generator<void, Segment>): Segment {
  while (true) {
    const step = job.next();
    if (step.done) return step.value;
  }
}

/** Texts that no cell names may be left over from invalid lines; what the scan computes has a place of its own. */
function withoutTexts({ texts: _texts, columns, ...segment }: Segment): object {
  const plain = columns.map(({ codes: _codes, ...column }) => column);
  const isComputed = ({ source: { scope } }: { source: SegmentColumn['source'] }): boolean =>
    ['items', 'derived', 'names', 'hash'].includes(scope);
  const computed = new Map(plain.filter(isComputed).map((column) => [`${column.source.scope}:${column.source.key}`, column]));
  return { ...segment, columns: plain.filter((column) => !isComputed(column)), computed };
}

/** The only invalid line of a text. */
function verdict(text: string | Buffer): { rule: string; message: string; offset: number } | undefined {
  const [invalid] = scan(text).invalid;
  return invalid && { rule: invalid.rule, message: invalid.message, offset: invalid.offset };
}

test.each([
  ['{"a":1 "b":2}\n', 'json/invalid', "expected ',' or '}'", 7],
  ['{"a":1,}\n', 'json/invalid', "expected '\"'", 7],
  ['{"a" 1}\n', 'json/invalid', "expected ':'", 5],
  ['{"a":[1}\n', 'json/invalid', "expected ',' or ']'", 7],
  ['{"a":[}\n', 'json/invalid', "expected a value or ']'", 6],
  ['{"a":\n', 'json/invalid', 'expected a value, but the line ends', 5],
  ['{"a":1}x\n', 'json/invalid', 'expected the end of the line after the value', 7],
  ['{"a":"x\n', 'json/invalid', 'the string is not closed before the line ends', 7],
  ['{"a":"\\q"}\n', 'json/invalid', 'unknown escape in a string', 7],
  ['{"a":01}\n', 'json/invalid', 'malformed number', 6],
  ['hello\n', 'json/invalid', "expected '{'", 0],
  ['  <PLACEHOLDER ROW>\n', 'json/placeholder', 'a placeholder, not JSON', 2],
  ['<PLACEHOLDER', 'json/placeholder', 'a placeholder, not JSON', 0],
  ['{"a":NaN,"b":-Infinity}\n', 'json/nan', 'NaN and Infinity are no JSON', 5],
  ['{"b":-Infinity}\n', 'json/nan', 'NaN and Infinity are no JSON', 6],
  ['{"a":NaN,"b":x}\n', 'json/invalid', 'expected a value', 5],
  [' [1]\n', 'json/not-object', 'a list, not an object', 1],
  ['"s"', 'json/not-object', 'a string, not an object', 0],
  ['null\n', 'json/not-object', 'null, not an object', 0],
  ['{"a":1', 'json/cut', 'the file ends inside this line', 6],
  ['{"a":tru', 'json/cut', 'the file ends inside this line', 8],
  ['{"a":"\\u00', 'json/cut', 'the file ends inside this line', 10],
  ['{"a":x', 'json/invalid', 'expected a value', 5],
])('says of %j: %s', (text, rule, message, offset) => {
  expect(verdict(text)).toEqual({ rule, message, offset });
});

test('says where a line is no UTF-8, and tells a character that is cut from one that is wrong', () => {
  const bad = Buffer.concat([Buffer.from('{"a":"é'), Buffer.of(0xff), Buffer.from('"}\n')]);
  expect(verdict(bad)).toEqual({ rule: 'json/invalid-utf8', message: 'the bytes are not UTF-8', offset: 8 });
  const cut = Buffer.from('{"a":"漢').subarray(0, -1);
  expect(verdict(cut)).toEqual({ rule: 'json/cut', message: 'the file ends inside this line', offset: 8 });
});

test('a bad line swallows nothing of the next, and leaves no cells', () => {
  const { valid, invalid, columns, lines, blankLines } = scan('{"a":1}\r\n\r\n{"b":"x\n \t\n{"a":2}\n');
  expect([...valid]).toEqual([1, 0, 1]);
  expect(invalid.map(({ row }) => row)).toEqual([1]);
  expect([...lines]).toEqual([0, 2, 4]);
  expect(blankLines).toBe(2);
  expect(columns.map(({ source }) => source.key)).toEqual(['a']);
  expect(columns[0]).toMatchObject({ rows: Uint32Array.of(0, 2), values: Float64Array.of(1, 2) });
});

test('offsets are right beyond 4 GiB', () => {
  const at = 6_000_000_000;
  // A range begins with whatever line begins in it: the first bytes end one that began before.
  const { starts, ends, invalid, columns } = scan('tail"}\n{"a":"first"}\n{"a":"x\\q"}\n{"a":"last"}', { at: at - 1, from: at });
  expect([...starts]).toEqual([at + 6, at + 20, at + 32]);
  expect([...ends]).toEqual([at + 19, at + 31, at + 44]);
  expect(invalid.map(({ offset }) => offset)).toEqual([at + 28]);
  expect(columns[0]?.source.key).toBe('a');
  expect([...(columns[0]?.values ?? [])].filter((offset) => offset > 0)).toEqual([at + 12, at + 38]);
});

test('a line far longer than a chunk is one row, in the memory of a chunk', () => {
  const text = `{"reward":1,"ids":[${'123456,'.repeat(200_000)}1],"t":"${'lorem \\n '.repeat(200_000)}","z":true}\n`;
  const { rowCount, invalid, columns } = scan(text, { chunkBytes: 4096 });
  expect([rowCount, invalid.length]).toEqual([1, 0]);
  expect(columns.map(({ source }) => source.key)).toEqual(['reward', 'ids', 't', 'z']);
});

test('limits are findings, the same for any size of chunk', () => {
  const number = (digits: number): string => `{"n":${'1'.repeat(digits)}}\n`;
  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}\n`;
  const long = `${'x'.repeat(70_000)}\n{"a":1${'2'.repeat(65_000)}.${'3'.repeat(9)}e}\n{"a":1${'2'.repeat(65_000)}.e}\n`;
  for (const chunkBytes of [64, 4096, 256 << 10]) {
    const { invalid } = scan(number(60_000) + number(60_001) + number(300_000) + nested(65_534) + nested(65_535) + long, { chunkBytes });
    const beyond = 'json/beyond-limit';
    expect(invalid.map(({ rule }) => rule)).toEqual([beyond, beyond, beyond, 'json/invalid', beyond, beyond]);
    expect(invalid.map(({ row, message }) => [row, message])).toEqual([
      [1, 'number of more than 60,000 bytes'],
      [2, 'number of more than 60,000 bytes'],
      [4, 'nested more than 65,534 levels deep'],
      [5, "expected '{'"],
      [6, 'number of more than 60,000 bytes'],
      [7, 'number of more than 60,000 bytes'],
    ]);
    const keys = [65_536, 65_537].map((length) => `{"${'k'.repeat(length)}":1,"response":{"${'k'.repeat(length)}":1}}\n`);
    const { columns, droppedKeys } = scan(keys.join(''), { chunkBytes });
    expect(columns.filter(({ source }) => source.scope === 'field').map(({ source }) => source.key.length)).toEqual([65_536, 8]);
    expect(droppedKeys).toBe(1);
  }
});

test('types of items beyond the limit count as others, in every segment anew', () => {
  const output = Array.from({ length: 300 }, (_, i) => `{"type":"type ${i}"}`).join(',');
  const { columns } = scan(`{"response":{"output":[${output}]}}\n{"response":{"output":[{"type":"type 299"},{"type":"type 0"},1]}}\n`);
  const counts = columns.filter(({ source }) => source.scope === 'items');
  expect(counts.length).toBe(257);
  const others = counts.find(({ source }) => source.key === 'other');
  expect([...(others?.values ?? [])]).toEqual([44, 2]);
});

test('fields beyond the limit are dropped, and said; those the engine asks for never are', () => {
  const text = `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join(',')},"reward":1}\n`;
  for (const scanner of [new Scanner(), new ReferenceScanner()]) {
    const { columns, droppedKeys, partial } = scanText(scanner, text);
    expect(columns.length).toBeGreaterThan(3900);
    expect(columns.length + droppedKeys).toBe(5001);
    expect(columns.some(({ source }) => source.key === 'reward')).toBe(true);
    expect(new Set(partial?.known?.map(({ key }) => key)).has('k1')).toBe(true);
    expect(new Set(partial?.known?.map(({ key }) => key)).has('k4999')).toBe(false);
    // What is dropped is said of the segment it is in, not of later ones.
    const later = scanText(scanner, '{"k1":1}\n');
    expect([later.droppedKeys, later.partial]).toEqual([0, null]);
  }
});

test('what may lack: all fields without room, keys that are too long, types of items', () => {
  const long = `{"${'k'.repeat(70_000)}":1}\n`;
  const types = Array.from({ length: 257 }, (_, i) => `{"type":"type ${i}"}`).join(',');
  for (const scanner of [new Scanner(), new ReferenceScanner()]) {
    expect(scanText(scanner, '{"a":1}\n').partial).toBeNull();
    expect(scanText(scanner, long).partial).toMatchObject({ known: null });
    const { partial } = scanText(scanner, `{"response":{"output":[${types}]}}\n`);
    expect(partial?.scopes).toEqual(['items']);
    expect(partial?.known?.length).toBe(256 + 5);
  }
});

test('a range takes the lines that begin in it', () => {
  const text = '\ufeff{"a":1}\r\n\n{"a":"long enough to run over the end of any chunk there is"}\n{"a":3}';
  const bytes = Buffer.from(text);
  const read = (into: Uint8Array, at: number, length: number, position: number): number =>
    bytes.copy(into, at, position, position + length);
  for (const scanner of [new Scanner({ chunkBytes: 64 }), new ReferenceScanner({ chunkBytes: 64 })]) {
    for (let cut = 1; cut < bytes.length; cut++) {
      const halves = [
        { from: 0, to: cut },
        { from: cut, to: bytes.length },
      ].map((range) => finish(scanner.scan(read, { ...range, size: bytes.length })));
      expect(halves.flatMap(({ starts }) => [...starts])).toEqual([3, 13, 75]);
      expect(halves.reduce((lines, { blankLines }) => lines + blankLines, 0)).toBe(1);
      expect(halves.flatMap(({ invalid }) => invalid)).toEqual([]);
    }
  }
});
