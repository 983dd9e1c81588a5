import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Random, random as seeded } from '../generate/random.ts';
import { Checker } from './check.ts';
import { edges } from './edges.ts';
import { mutate } from './mutate.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly mutatedRows: number;
  /** Folder of real files; without one only the hand-written lines are mutated. */
  readonly folder?: string | undefined;
  /** Alignments at which every hand-written line is tried, after it was tried alone; without it they are only mutated. */
  readonly alignments?: number;
  readonly say?: (text: string) => void;
}

export interface FuzzResult {
  readonly rows: number;
  readonly invalid: number;
  readonly cells: number;
  readonly disagreements: readonly string[];
}

/** Holds the scanner to JSON.parse and the byte-by-byte reference: real rows, edges, dense rows, mutated rows. */
export function fuzz({ seed, mutatedRows, folder, alignments, say = nothing }: FuzzOptions): FuzzResult {
  const random = seeded(seed);
  const checker = new Checker(random);
  const files = folder !== undefined && existsSync(folder) ? realFiles(folder) : [];
  for (const file of files) checkReal(checker, file);
  say(`real rows ${checker.rows}`);
  if (alignments !== undefined) {
    checkEdges(checker, alignments);
    say(`with edges ${checker.rows}`);
    checkDense(checker);
    say(`with dense rows ${checker.rows}`);
  }
  checkMutated(checker, random, linePool(files), mutatedRows, say);
  const { rows, invalid, cells, disagreements } = checker;
  return { rows, invalid, cells, disagreements };
}

function nothing(): void {}

function realFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => path.join(folder, name));
}

function checkReal(checker: Checker, file: string): void {
  const bytes = readFileSync(file);
  for (const chunkBytes of [64, 320, 4096, 262144]) {
    checker.check(bytes, { chunkBytes, label: file, ranges: chunkBytes === 4096 ? 4 : 1 });
  }
}

function checkEdges(checker: Checker, alignments: number): void {
  for (const chunkBytes of [64, 128, 4096]) {
    for (const edge of edges) {
      checker.check(edge, { chunkBytes, label: 'edge' });
      for (const tail of ['\n', '\r\n', '\n\n{"after":1}\n']) {
        checker.check(Buffer.concat([Buffer.from('{"before":1}\n'), edge, Buffer.from(tail)]), { chunkBytes, label: 'edge' });
      }
    }
    for (let pad = 0; pad < alignments; pad++) {
      const padded = edges.flatMap((edge) => [Buffer.from(' '.repeat(pad)), edge, Buffer.from('\n')]);
      checker.check(Buffer.concat(padded), { chunkBytes, label: `edges after ${pad} blanks` });
    }
  }
}

/** Buffers that fill up inside a chunk, in the middle of a row, of a row that later proves bad. */
function checkDense(checker: Checker): void {
  const many = (count: number, make: (i: number) => string | number): string => Array.from({ length: count }, (_, i) => make(i)).join(',');
  const wide = `{${many(36000, (i) => `"k${i % 50}":${i}`)},"response":{"output":[{"type":"message","role":"user"}]}`;
  const digits = `{${many(3000, (i) => `"d${i % 20}":${'123456789'.repeat(1 + (i % 40))}.5`)}}`;
  const texts = `{${many(40000, (i) => `"t${i % 3}":"text number ${i}"`)}}`;
  const small = Array.from({ length: 36000 }, (_, i) => (i % 3 ? '1' : `{"a":${i},"s":"${i}"}`));
  const long = [`{"z":"${'x'.repeat(1e6)}"}`, `{"${'y'.repeat(60000)}":1}`, `[${many(100000, (i) => i)}]`, `[${many(100000, (i) => i)},]`];
  const file = Buffer.from(
    [`${wide}}`, `${wide},}`, wide, '{"k0":1}', digits, `${digits}x`, texts, ...small, `${wide}}`, ...long].join('\n'),
  );
  for (const chunkBytes of [64, 65536, 262144]) checker.check(file, { chunkBytes, label: 'dense', ranges: chunkBytes === 65536 ? 5 : 1 });
}

function linePool(files: readonly string[]): Buffer<ArrayBuffer>[] {
  const real = files.flatMap((file) => splitLines(readFileSync(file))).filter((line) => line.length > 0 && line.length < 30000);
  const single = edges.filter((edge) => !edge.includes(10));
  return [...real, ...single, ...single, ...single];
}

function splitLines(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer>[] {
  const lines: Buffer<ArrayBuffer>[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function checkMutated(
  checker: Checker,
  random: Random,
  pool: readonly Buffer<ArrayBuffer>[],
  rows: number,
  say: (text: string) => void,
): void {
  const small = pool.filter((line) => line.length < 3000);
  const chunks = [64, 64, 128, 192, 256, 1024, 4096, 65536, 262144];
  const blanks = ['\n', ' \n', '\r\n', '\t \n'];
  const end = checker.rows + rows;
  let said = Date.now();
  while (checker.rows < end) {
    const newline = Buffer.from(random.chance(0.25) ? '\r\n' : '\n');
    const parts = random.chance(0.2) ? [Buffer.of(0xef, 0xbb, 0xbf)] : [];
    for (let i = 0; i < 60; i++) {
      const line = random.pick(random.chance(0.875) ? small : pool);
      parts.push(random.chance(0.9) ? mutate(line, random) : line, newline);
      if (random.chance(0.08)) parts.push(Buffer.from(random.pick(blanks)));
    }
    if (random.chance(0.33)) parts.pop();
    checker.check(Buffer.concat(parts), {
      chunkBytes: random.pick(chunks),
      label: 'mutated',
      ranges: random.chance(0.66) ? 1 : random.int(2, 5),
    });
    if (Date.now() - said < 20000) continue;
    said = Date.now();
    say(`… ${end - checker.rows} to go`);
  }
}
