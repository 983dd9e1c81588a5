import { expect, test } from 'vitest';
import { compareCodePoints } from './code-points.ts';
import { finish } from './finish.ts';
import { rankPieces } from './rank-pieces.ts';
import { endOfPiece } from './text-pieces.ts';
import { pickOf, seededRandom } from './testing/random.ts';
import type { TextPieces } from '../index/types.ts';

const random = seededRandom(9);
const letters = (alphabet: readonly string[], length: number): string => Array.from({ length }, () => pickOf(random, alphabet)).join('');

function piecesOf(texts: readonly string[]): TextPieces & { readonly unitsRead: () => number } {
  const next = texts.map(() => 0);
  let unitsRead = 0;
  return {
    rows: Uint32Array.from(texts.keys()),
    isOver: (text) => Number.isNaN(next[text]),
    *read(which, units, take) {
      for (const text of which ?? texts.keys()) {
        const whole = texts[text] ?? '';
        const from = next[text] ?? 0;
        const end = endOfPiece(whole, from + units);
        next[text] = end >= whole.length ? Number.NaN : end;
        unitsRead += Math.min(end, whole.length) - from;
        take(text, whole.slice(from, end));
        yield;
      }
    },
    unitsRead: () => unitsRead,
  };
}

test.each([
  ['short and distinct', () => `id-${Math.floor(random() * 1e9)}`],
  ['short and often equal', () => letters(['a', 'b'], Math.floor(random() * 5))],
  ['empty or not', () => (random() < 0.5 ? '' : 'x')],
  ['a long common beginning', () => 'x'.repeat(3000) + letters(['a', 'b', '😀', '\uffff'], Math.floor(random() * 30))],
  ['equal where one goes on', () => 'ab'.repeat(Math.floor(random() * 200))],
  ['halves of pairs at every place', () => letters(['\ud83d', '\ude00', '😀', 'a', '\uffff'], 40 + Math.floor(random() * 20))],
])('ranks texts as comparing them whole does: %s', (_, make) => {
  const texts = Array.from({ length: 3000 }, make);
  const sorted = [...new Set(texts)].sort(compareCodePoints);
  const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
  const { ranks, count } = finish(rankPieces(piecesOf(texts)));
  expect(count).toBe(sorted.length);
  expect([...ranks]).toEqual(texts.map((text) => rankOf.get(text)));
});

test('how far it is grows from nothing to all', () => {
  const shares = [...rankPieces(piecesOf(Array.from({ length: 3000 }, () => `${'x'.repeat(100)}${letters(['a', 'b'], 3)}`)))];
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.01);
  expect(shares.some((share) => share > 0.45 && share < 0.9)).toBe(true);
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});

test('no more of long texts is read than tells them apart', () => {
  const texts = Array.from({ length: 1000 }, (_, i) => `${(i * 7919) % 1009} ${'z'.repeat(10_000)}`);
  const pieces = piecesOf(texts);
  finish(rankPieces(pieces));
  expect(pieces.unitsRead()).toBeLessThan(1000 * 100);
});
