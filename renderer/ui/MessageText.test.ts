import { expect, test } from 'vitest';
import { cutAtMarks, lineChunks } from './MessageText.tsx';

const text = 'Vary the distance (m), then the DISTANCE.';
const marks = {
  ranges: [
    { start: 9, end: 17 },
    { start: 32, end: 40 },
  ],
  current: 1,
};

test('marks cut a text into pieces that join to it', () => {
  const pieces = cutAtMarks(text, marks);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter((piece) => piece.mark !== null)).toEqual([
    { text: 'distance', mark: 0 },
    { text: 'DISTANCE', mark: 1 },
  ]);
});

test('a preview that begins later or ends early shows of the marks what it holds', () => {
  expect(cutAtMarks('the dist', marks, 5)).toEqual([
    { text: 'the ', mark: null },
    { text: 'dist', mark: 0 },
  ]);
});

test('chunks end at line breaks and join to the text', () => {
  const long = Array.from({ length: 500 }, (_, line) => `line ${line} ${'x'.repeat(line % 90)}`).join('\n');
  const chunks = lineChunks(long, 1000);
  expect(chunks.length).toBeGreaterThan(10);
  expect(chunks.map(({ start, end }) => long.slice(start, end)).join('\n')).toBe(long);
  expect(lineChunks('x'.repeat(5000), 1000)).toEqual([{ start: 0, end: 5000 }]);
});
