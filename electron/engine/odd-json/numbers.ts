/** Numbers with fewer digits and no power above zero are below 2^53. */
const plainDigits = 16;
/** Nothing below 1.8e308 has more digits before its point. */
const mostDigits = 309;

/** Where the number that begins at `start` ends. */
export function numberEnd(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    const isPart = (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || (byte | 0x20) === 0x65 || byte === 0x2b || byte === 0x2d;
    if (!isPart) break;
  }
  return end;
}

/**
 * Whether float64 does not hold the number at bytes [start, end): an integer, written as one, that lies between two doubles, or a number
 * that is too large for any. Fractions and powers of ten are meant to be rounded.
 */
export function isBeyondFloat64(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < plainDigits && !hasPower(bytes, start, end)) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const value = Number(text);
  if (!Number.isFinite(value)) return true;
  if (Math.abs(value) < 2 ** 53 || text.length > mostDigits + 1 || !/^-?\d+$/.test(text)) return false;
  return BigInt(text) !== BigInt(value);
}

function hasPower(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) if (((bytes[i] ?? 0) | 0x20) === 0x65) return true;
  return false;
}
