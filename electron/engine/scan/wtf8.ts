const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes UTF-8 in which a lone surrogate is three bytes, as the kernel writes an escape such as `\ud800`. */
export function decodeWtf8(bytes: Uint8Array): string {
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0xed && (bytes[i + 1] ?? 0) >= 0xa0) {
      const surrogate = 0xd000 | (((bytes[i + 1] ?? 0) & 63) << 6) | ((bytes[i + 2] ?? 0) & 63);
      return utf8.decode(bytes.subarray(0, i)) + String.fromCharCode(surrogate) + decodeWtf8(bytes.subarray(i + 3));
    }
  }
  return utf8.decode(bytes);
}
