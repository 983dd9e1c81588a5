import { snappyUncompress } from 'hyparquet/src/snappy.js';
import { snappyCompress as plainCompress } from 'hyparquet-writer/src/snappy.js';
import { expect, test } from 'vitest';
import { seededRandom } from '../../select/index.ts';
import { snappyCompress } from './snappy.ts';

const random = seededRandom(5);
const below = (count: number): number => Math.floor(random() * count);

/** Random bytes of few kinds, with stretches that stood before, near and far. */
function randomInput(size: number, kinds: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const length = Math.min(size - at, 1 + below(random() < 0.1 ? 3000 : 30));
    if (at > 0 && random() < 0.5) {
      const from = Math.max(0, at - 1 - below(random() < 0.5 ? 50 : 90_000));
      for (let i = 0; i < length; i++) bytes[at + i] = bytes[from + i] ?? 0;
    } else for (let i = 0; i < length; i++) bytes[at + i] = below(kinds);
    at += length;
  }
  return bytes;
}

test('gives the bytes that the function of the library gives, which unpack to what went in', () => {
  const sizes = [...Array.from({ length: 40 }, (_, i) => i), ...Array.from({ length: 300 }, () => below(5000)), 65_535, 65_536, 400_000];
  for (const size of sizes) {
    // Somewhere in a larger buffer, as pages are.
    const input = new Uint8Array(size + 9).subarray(3, size + 3);
    input.set(randomInput(size, 1 + below(256)));
    const packed = snappyCompress(input);
    expect(Buffer.compare(packed, plainCompress(input))).toBe(0);
    const unpacked = new Uint8Array(size);
    if (size > 0) snappyUncompress(packed, unpacked);
    expect(Buffer.compare(unpacked, input)).toBe(0);
  }
});
