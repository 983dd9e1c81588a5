/** Bytes of the UTF-8 sequence at an offset; 0 where it is malformed or cut (Unicode 16, table 3-7). */
export function sequenceLength(bytes: Uint8Array, offset: number): number {
  const byte = (i: number): number => bytes[offset + i] ?? 0;
  const isTail = (i: number): boolean => (byte(i) & 0xc0) === 0x80;
  const first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return isTail(1) ? 2 : 0;
  if (first < 0xf0) {
    const isOverlong = first === 0xe0 && byte(1) < 0xa0;
    const isSurrogate = first === 0xed && byte(1) > 0x9f;
    return isTail(1) && isTail(2) && !isOverlong && !isSurrogate ? 3 : 0;
  }
  if (first < 0xf5) {
    const isOverlong = first === 0xf0 && byte(1) < 0x90;
    const isTooHigh = first === 0xf4 && byte(1) > 0x8f;
    return isTail(1) && isTail(2) && isTail(3) && !isOverlong && !isTooHigh ? 4 : 0;
  }
  return 0;
}
