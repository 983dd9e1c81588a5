import { expect, test } from 'vitest';
import { compareCodePoints } from './code-points.ts';
import { sortTexts, sortTextsSteps } from './sort-texts.ts';
import { pickOf, seededRandom } from './testing/random.ts';

const random = seededRandom(4);
const letters = (alphabet: readonly string[], length: number): string => Array.from({ length }, () => pickOf(random, alphabet)).join('');

test.each([
  ['digits after a common beginning', () => `id-${Math.floor(random() * 1e9)}`],
  ['words that end early', () => letters(['a', 'b'], Math.floor(random() * 20))],
  ['texts beyond what a key sees', () => 'x'.repeat(40) + letters(['a', '', 'b'], 30)],
  [
    'every plane of Unicode',
    () =>
      String.fromCodePoint(
        ...Array.from({ length: 3 }, () => pickOf(random, [0x20, 0xe9, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff])),
      ),
  ],
  ['one text', () => 'same'],
])('sorts %s as a comparison does', (_, make) => {
  const texts = Array.from({ length: 5000 }, make);
  const expected = [...texts.keys()].sort((a, b) => compareCodePoints(texts[a] ?? '', texts[b] ?? '') || a - b);
  expect([...sortTexts(texts)]).toEqual(expected);
});

test('sorting many texts can be left between two short steps', () => {
  const texts = Array.from({ length: 100_000 }, (_, i) => `text ${(i * 7919) % 100_003}`);
  let steps = 0;
  const sorting = sortTextsSteps(texts);
  while (!sorting.next().done) steps++;
  expect(steps).toBeGreaterThan(12);
});
