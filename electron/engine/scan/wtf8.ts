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

/** The bytes that decodeWtf8 reads; they are in a buffer of their own. */
export function encodeWtf8(text: string): Uint8Array {
  const pieces = text.split(/(\p{Surrogate})/u).map((piece) => {
    const unit = piece.length === 1 ? piece.charCodeAt(0) : 0;
    if (unit < 0xd800 || unit > 0xdfff) return Buffer.from(piece);
    return Buffer.of(0xed, 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  });
  return Uint8Array.from(Buffer.concat(pieces));
}
