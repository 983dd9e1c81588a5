import { expect, test } from 'vitest';
import { readSlices } from './read-slices.ts';

function reader(bytes: Uint8Array) {
  return (start: number, end: number) => Promise.resolve(new TextDecoder().decode(bytes.subarray(start, end)));
}

test('a character that a slice cuts arrives whole, wherever the cut is', async () => {
  const text = 'aé漢😀b"\uFFFD"'.repeat(50);
  const bytes = new TextEncoder().encode(text);
  for (let sliceBytes = 8; sliceBytes < 40; sliceBytes++) {
    expect(await readSlices(reader(bytes), bytes.length, sliceBytes), `${sliceBytes}`).toBe(text);
  }
});

test('undecodable bytes end nothing', async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('abc'), 0xff, 0xff, 0xff, 0xff, ...new TextEncoder().encode('defghijklm')]);
  const text = await readSlices(reader(bytes), bytes.length, 8);
  expect(text.startsWith('abc')).toBe(true);
  expect(text.endsWith('klm')).toBe(true);
});
