import { expect, test } from 'vitest';
import { SpareBuffers } from './spare-buffers.ts';

test('buffers are used again, except those that are too small or too large', () => {
  const buffers = new SpareBuffers(1000);
  const first = buffers.take();
  expect(first.byteLength).toBe(1000);
  buffers.give(new Uint8Array(first, 0, 10));
  expect(buffers.take()).toBe(first);
  expect(buffers.take()).not.toBe(first);
  expect(buffers.take(1500).byteLength).toBe(1500);
  for (const other of [new ArrayBuffer(999), new ArrayBuffer(9 << 20)]) {
    buffers.give(new Uint8Array(other));
    expect(buffers.take()).not.toBe(other);
  }
});
