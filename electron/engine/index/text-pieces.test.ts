import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSource } from '../source/index.ts';
import { readDataset } from './read-dataset.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-pieces-'));
afterAll(() => rmSync(folder, { recursive: true }));

let seed = 11;
const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
const characters = ['a', '"', '\\', '\n', 'é', '水', '😀', '\ud83d', '\ude00', '\u0001', ' '];
const randomText = (length: number): string => Array.from({ length }, () => characters[random(characters.length)]).join('');
/** The JSON of a text, some of its characters as escapes of either case. */
function written(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (each) => {
    if (random(2) === 0) return each;
    const escaped = Array.from({ length: each.length }, (_, i) => `\\u${each.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
    return random(2) === 0 ? escaped : escaped.replace(/[a-f]/g, (digit) => digit.toUpperCase());
  });
}

test.each([1, 2, 3, 7, 48, 5000, Infinity])('pieces of %d units make up the texts, cut alike however they are written', async (units) => {
  const texts = Array.from({ length: 400 }, (_, i) => randomText(i % 10 === 0 ? random(9000) : 130 + random(60)));
  const file = path.join(folder, `${units}.jsonl`);
  // The same text twice, written in other ways, and now and then a short one that has a code.
  const lines = texts.flatMap((text, i) => [
    `{"t":${written(text)}}`,
    `{"t":${written(text)},"p":"${'x'.repeat(random(20_000))}"}`,
    i % 7 === 0 ? '{"t":"short 😀"}' : '{"u":1}',
  ]);
  writeFileSync(file, lines.join('\n'));
  const source = openSource(file);
  const reading = readDataset([source]);
  await reading.done;
  const pieces = reading.index.column('t')?.pieces?.();
  if (!pieces) throw new Error('no pieces');
  const found = Array.from(pieces.rows, (): string[] => []);
  for (let going = Uint32Array.from(pieces.rows.keys()); going.length > 0; going = going.filter((text) => !pieces.isOver(text)))
    for (const _ of pieces.read(going, units, (text, piece) => found[text]?.push(piece)));
  const expected = lines.map((line) => (JSON.parse(line) as { t?: string }).t);
  expect([...pieces.rows]).toEqual([...expected.keys()].filter((row) => expected[row] !== undefined));
  pieces.rows.forEach((row, text) => expect(found[text]?.join('')).toBe(expected[row]));
  for (let i = 0; i + 1 < texts.length; i++) {
    const [a, b] = [found[pieces.rows.indexOf(3 * i)], found[pieces.rows.indexOf(3 * i + 1)]];
    expect(a).toEqual(b);
  }
  for (const each of found.flat()) expect(each.length).toBeLessThanOrEqual(units + 1);
  source.close();
});
