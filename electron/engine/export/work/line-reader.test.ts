import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seededRandom } from '../../select/index.ts';
import { temporaryFolder } from '../testing/source.ts';
import { LineReader } from './line-reader.ts';
import type { SentLines } from './messages.ts';

const opened: number[] = [];
afterAll(() => opened.forEach((fd) => closeSync(fd)));

function fileOf(lines: readonly string[]): { fd: number; path: string; places: { start: number; end: number }[] } {
  const file = path.join(temporaryFolder(), 'a.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const fd = openSync(file, 'r');
  opened.push(fd);
  let at = 0;
  const places = lines.map((line) => {
    const start = at;
    at += Buffer.byteLength(line) + 1;
    return { start, end: at - 1 };
  });
  return { fd, path: file, places };
}

const random = seededRandom(3);
/** Short ones, some so long that lines around them are far from each other, one longer than memory that is kept. */
const texts = Array.from({ length: 60 }, (_, i) => `${i} ${'ü'.repeat(random() * (i % 7 === 0 ? 90_000 : 300))}`);
texts[30] = 'z'.repeat(25 << 20);

test('the bytes of each line, in any order, of several files, request after request', () => {
  const files = [fileOf(texts), fileOf([...texts].reverse())];
  const reader = new LineReader();
  for (let round = 0; round < 20; round++) {
    const wanted = texts.flatMap((_, i) => (random() < 0.6 ? [{ file: random() < 0.2 ? 1 : 0, i }] : []));
    if (round % 2 === 1) wanted.sort(() => random() - 0.5);
    const places = wanted.map(({ file, i }) => files[file]?.places[i] ?? { start: 0, end: 0 });
    const lines: SentLines = {
      rows: Uint32Array.from(wanted, ({ i }) => i),
      starts: Float64Array.from(places, ({ start }) => start),
      ends: Float64Array.from(places, ({ end }) => end),
      numbers: new Uint32Array(wanted.length),
      file: Uint16Array.from(wanted, ({ file }) => file),
      files,
    };
    const lineAt = round % 3 === 0 ? reader.readInTurn(lines) : reader.read(lines);
    for (const [at, { file, i }] of wanted.entries())
      expect(Buffer.compare(lineAt(at), Buffer.from(texts[file === 0 ? i : texts.length - 1 - i] ?? ''))).toBe(0);
  }
});

test('a file that has become shorter is said to have changed', () => {
  const { places, ...file } = fileOf(['abc']);
  const lines = { rows: Uint32Array.of(0), numbers: Uint32Array.of(1), file: Uint16Array.of(0), files: [file] };
  const read = (): unknown => new LineReader().read({ ...lines, starts: Float64Array.of(0), ends: Float64Array.of(900) });
  expect(read).toThrow(expect.objectContaining({ code: 'changed' }));
  expect(places).toHaveLength(1);
});
