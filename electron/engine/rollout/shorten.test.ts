import { expect, test } from 'vitest';
import { limits } from '#shared/limits.ts';
import { ByteWalk, heldBytes, type LineBytes } from './byte-walk.ts';
import { describeLine } from './describe.ts';
import { shortenLine } from './shorten.ts';

const keeping = { bytes: 4000, textBytes: 100, scarceTextBytes: 20, scalars: 5, elements: 50 };
const shorten = (text: string, most = keeping): { text: string; isCut: boolean } => {
  const { bytes, isCut } = shortenLine(heldBytes(Buffer.from(text)), most);
  return { text: Buffer.from(bytes).toString('utf8'), isCut };
};

let seed = 5;
const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
const characters = ['a', '"', '\\', '\n', 'é', '😀', '\ud83d', '\u0001', ' ', '{', ']', ','];
const randomText = (): string => Array.from({ length: random(12) }, () => characters[random(characters.length)]).join('');
function randomValue(depth: number): unknown {
  const list = (): unknown[] => Array.from({ length: random(5) }, () => randomValue(depth - 1));
  switch (random(depth > 0 ? 6 : 4)) {
    case 0:
      return random(1000) / 8;
    case 1:
      return [true, false, null][random(3)];
    case 2:
    case 3:
      return randomText();
    case 4:
      return list();
    default:
      return Object.fromEntries(list().map((value) => [randomText(), value]));
  }
}

test('short values stay as they are, however they are written', () => {
  for (let i = 0; i < 2000; i++) {
    const value = { all: randomValue(4) };
    const spaced = JSON.stringify(value, null, 1).replaceAll('\n', ' ');
    const { text, isCut } = shorten(random(2) === 0 ? JSON.stringify(value) : spaced, { ...keeping, scalars: 50 });
    expect(isCut).toBe(false);
    expect(JSON.parse(text)).toEqual(value);
  }
});

test('long texts are cut between characters, and say how much is missing', () => {
  for (let i = 0; i < 3000; i++) {
    const long = Array.from({ length: 20 + random(60) }, randomText).join('');
    const written = JSON.stringify(long).replace(/[é😀]/gu, (each) =>
      random(2) === 0
        ? each
        : [...Array(each.length).keys()].map((at) => `\\u${each.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
    );
    const { text, isCut } = shorten(`{"t":${written},"after":1}`);
    const { t, after } = JSON.parse(text) as { t: string; after: number };
    expect(after).toBe(1);
    expect(isCut).toBe(t !== long);
    if (!isCut) continue;
    const [, beginning = '', missing = ''] = /^(.*) … \[([\d,]+) more bytes\]$/su.exec(t) ?? [];
    expect(long.startsWith(beginning)).toBe(true);
    // Half a pair stays half a pair only where it was one.
    const points = Array.from(beginning);
    expect(points).toEqual(Array.from(long).slice(0, points.length));
    expect(Number(missing.replaceAll(',', ''))).toBeGreaterThan(0);
  }
});

test('long lists end early, and what follows them stays', () => {
  const row = {
    ids: Array.from({ length: 1000 }, (_, i) => i),
    items: Array.from({ length: 500 }, (_, i) => ({ i, s: '[{"' })),
    end: true,
  };
  const { text, isCut } = shorten(JSON.stringify(row));
  expect(isCut).toBe(true);
  expect(JSON.parse(text)).toEqual({ ids: row.ids.slice(0, 5), items: row.items.slice(0, 50), end: true });
});

test('values are passed over in any window of bytes', () => {
  for (let i = 0; i < 500; i++) {
    const members = Array.from({ length: 4 }, (_, at) => [`${at}${randomText()}`, randomValue(3)] as const);
    const text = `${JSON.stringify(Object.fromEntries(members))}`;
    const bytes = Buffer.from(text);
    // Reads short pieces, so that every place lies at the end of one now and then.
    const line: LineBytes = { length: bytes.length, read: (start, end) => bytes.subarray(start, Math.min(end, start + 1 + random(7))) };
    const walk = new ByteWalk(line);
    const end = walk.endOfValue(0);
    expect(end).toBe(bytes.length);
  }
});

test('of a long line messages are shown by their beginning, and no finding is of a part', () => {
  const size = limits.shownLineBytes + 1000;
  const call = { type: 'function_call', name: 'f', call_id: 'c', arguments: JSON.stringify({ code: 'x'.repeat(size) }) };
  const row = { responses_create_params: { input: 'go' }, response: { output: [call], incomplete_details: { reason: 'length' } } };
  const line = Buffer.from(JSON.stringify(row));
  const { description } = describeLine(heldBytes(line), { arguments: 'parsed' });
  expect(description.problems.map(({ rule }) => rule)).toEqual(['row/shortened', 'response/truncated']);
  expect(description.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(JSON.stringify(description.messages).length).toBeLessThan(300_000);
});
