/**
 * How tokens stand for texts. `bytes`: a character for each byte, as GPT-2 and its heirs write them. `metaspace`: ▁ for a space, `<0x0A>`
 * for a byte. `word-pieces`: ## within a word, white space left out.
 */
export type Surface = 'bytes' | 'metaspace' | 'word-pieces' | 'plain';

interface Vocabulary {
  readonly surface: Surface;
  /** Tokens that stand for themselves. */
  readonly added: ReadonlySet<string>;
}

/**
 * Where in a text its tokens begin. They are laid over the bytes of the text one after the other; white space that a tokenizer
 * leaves out is passed over. Undefined where one does not fit: then the text was changed before it was cut.
 */
export function tokenStarts(text: string, tokens: readonly string[], { surface, added }: Vocabulary): number[] | undefined {
  const bytes = Buffer.from(text);
  const units = new Units(text);
  const starts: number[] = [];
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    const where = { isFirst: i === 0 || added.has(tokens[i - 1] ?? ''), surface };
    // Bytes may be among the added tokens, and stand for themselves all the same.
    const itself = added.has(token) ? place(bytes, Buffer.from(token), at, where) : undefined;
    const found = itself ?? place(bytes, bytesOf(token, surface), at, where);
    if (!found) return undefined;
    starts.push(units.at(found.start));
    at = found.end;
  }
  return starts;
}

function place(
  bytes: Buffer,
  wanted: Buffer,
  at: number,
  { isFirst, surface }: { isFirst: boolean; surface: Surface },
): { start: number; end: number } | undefined {
  if (isAt(bytes, wanted, at)) return { start: at, end: at + wanted.length };
  // A space that the tokenizer puts before a first word.
  if (isFirst && wanted[0] === space && isAt(bytes, wanted.subarray(1), at)) return { start: at, end: at + wanted.length - 1 };
  if (surface === 'bytes') return undefined;
  let start = at;
  while (start < bytes.length && isBlank(bytes[start])) start++;
  return start > at && isAt(bytes, wanted, start) ? { start, end: start + wanted.length } : undefined;
}

const space = 32;
const isBlank = (byte: number | undefined): boolean => byte === space || (byte !== undefined && byte >= 9 && byte <= 13);

function isAt(bytes: Buffer, wanted: Buffer, at: number): boolean {
  return bytes.compare(wanted, 0, wanted.length, at, Math.min(bytes.length, at + wanted.length)) === 0;
}

function bytesOf(token: string, surface: Surface): Buffer {
  switch (surface) {
    case 'bytes':
      return Buffer.from(Array.from(token, (char) => byteOf.get(char) ?? 0));
    case 'metaspace': {
      const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
      return byte === undefined ? Buffer.from(token.replaceAll('▁', ' ')) : Buffer.from([Number.parseInt(byte, 16)]);
    }
    case 'word-pieces':
      return Buffer.from(token.replace(/^##/, ''));
    case 'plain':
      return Buffer.from(token);
  }
}

/** GPT-2's alphabet (`bytes_to_unicode`): printable bytes are themselves, the others follow from U+0100 on. */
const byteOf: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => byte).reduce<{ pairs: [string, number][]; next: number }>(
    ({ pairs, next }, byte) => {
      const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
      pairs.push([String.fromCodePoint(isPrintable ? byte : next), byte]);
      return { pairs, next: isPrintable ? next : next + 1 };
    },
    { pairs: [], next: 256 },
  ).pairs,
);

/** Offsets in UTF-16 units of offsets in bytes, asked for in ascending order. A byte within a character is at its begin. */
class Units {
  private unit = 0;
  private byte = 0;

  constructor(private readonly text: string) {}

  at(byte: number): number {
    while (this.unit < this.text.length) {
      const code = this.text.codePointAt(this.unit) ?? 0;
      const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (this.byte + length > byte) break;
      this.byte += length;
      this.unit += code > 0xffff ? 2 : 1;
    }
    return this.unit;
  }
}
