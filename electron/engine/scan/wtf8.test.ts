import { expect, test } from 'vitest';
import { decodeWtf8, encodeWtf8 } from './wtf8.ts';

test.each(['', 'plain', 'é漢😀', '\ud800', 'a\udfffb\ud800\udc00\udc00', '\ud83d\ud83d\ude00'])('%j survives', (text) => {
  expect(decodeWtf8(encodeWtf8(text))).toBe(text);
});

test('well-formed text is UTF-8, half a pair of surrogates three bytes', () => {
  expect(Buffer.from(encodeWtf8('é漢😀')).toString()).toBe('é漢😀');
  expect([...encodeWtf8('\ud800')]).toEqual([0xed, 0xa0, 0x80]);
});
