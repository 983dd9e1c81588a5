import { Buffer } from 'node:buffer';

/** Decodes UTF-8 in which a lone surrogate is three bytes, as the kernel writes an escape such as `\ud800`. */
export function decodeWtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Most texts are short and ASCII.
  if (bytes.every((byte) => byte < 0x80)) return buffer.toString('latin1');
  const at = bytes.findIndex((byte, i) => byte === 0xed && (bytes[i + 1] ?? 0) >= 0xa0);
  if (at < 0) return buffer.toString('utf8');
  const surrogate = 0xd000 | (((bytes[at + 1] ?? 0) & 63) << 6) | ((bytes[at + 2] ?? 0) & 63);
  return buffer.toString('utf8', 0, at) + String.fromCharCode(surrogate) + decodeWtf8(bytes.subarray(at + 3));
}
