import { Buffer } from 'node:buffer';
import { JsonDepthError, maxJsonDepth } from '#shared/model/json.ts';
import { backslash, ByteWalk, comma, type LineBytes, quote } from './byte-walk.ts';

/** How much of a long line is kept. */
export interface Keeping {
  /** Bytes of the whole; from the half of it on, texts are kept by a few words. */
  readonly bytes: number;
  /** Of one text, and of one when room gets scarce. */
  readonly textBytes: number;
  readonly scarceTextBytes: number;
  /** Elements of a list of numbers or literals, and members or elements of anything else. */
  readonly scalars: number;
  readonly elements: number;
}

const usual: Keeping = { bytes: 8 << 20, textBytes: 1 << 18, scarceTextBytes: 1 << 10, scalars: 64, elements: 10_000 };
const [openObject, openList, letterU] = [0x7b, 0x5b, 0x75];

/**
 * A line with its long texts cut and its long lists ended early: JSON of the same shape, made without holding the line. A text
 * that was cut says at its end how many bytes are missing. `isCut`: anything is. Fails with JsonDepthError.
 */
export function shortenLine(line: LineBytes, keeping: Keeping = usual): { bytes: Uint8Array; isCut: boolean } {
  return new Shortening(new ByteWalk(line), keeping).run();
}

class Shortening {
  private readonly kept: Uint8Array[] = [];
  private keptBytes = 0;
  private isCut = false;

  constructor(
    private readonly walk: ByteWalk,
    private readonly keeping: Keeping,
  ) {}

  run(): { bytes: Uint8Array; isCut: boolean } {
    this.value(this.walk.skipBlanks(0), 1);
    return { bytes: Buffer.concat(this.kept), isCut: this.isCut };
  }

  /** Keeps what there is room for of the value at an offset, and answers where it ends. */
  private value(start: number, depth: number): number {
    switch (this.walk.byteAt(start)) {
      case quote:
        return this.text(start);
      case openObject:
        return this.nested(start, depth, '{', '}');
      case openList:
        return this.nested(start, depth, '[', ']');
      default: {
        const end = this.walk.endOfValue(start);
        this.keep(this.walk.bytes(start, end));
        return end;
      }
    }
  }

  private nested(start: number, depth: number, open: '{' | '[', close: '}' | ']'): number {
    if (depth > maxJsonDepth) throw new JsonDepthError();
    const { walk, keeping } = this;
    this.keepText(open);
    let scalars = 0;
    let at = walk.skipBlanks(start + 1);
    for (let count = 0; walk.byteAt(at) !== close.charCodeAt(0); count++) {
      if (count >= keeping.elements || scalars >= keeping.scalars || this.keptBytes >= keeping.bytes) {
        this.isCut = true;
        at = walk.endOfNesting(at) - 1;
        break;
      }
      if (count > 0) this.keepText(',');
      if (open === '{') {
        const keyEnd = this.text(at);
        this.keepText(':');
        at = walk.skipBlanks(walk.skipBlanks(keyEnd) + 1);
      } else if (isScalar(walk.byteAt(at))) scalars++;
      at = walk.skipBlanks(this.value(at, depth + 1));
      if (walk.byteAt(at) === comma) at = walk.skipBlanks(at + 1);
    }
    this.keepText(close);
    return at + 1;
  }

  private text(start: number): number {
    const { keeping, walk } = this;
    const end = walk.endOfString(start);
    const most = this.keptBytes < keeping.bytes / 2 ? keeping.textBytes : keeping.scarceTextBytes;
    if (end - start <= most + 64) {
      this.keep(walk.bytes(start, end));
      return end;
    }
    const beginning = wholeCharacters(walk.bytes(start, start + most));
    const missing = end - 1 - start - beginning.length;
    this.isCut = true;
    this.keep(beginning);
    this.keepText(` … [${missing.toLocaleString('en')} more bytes]"`);
    return end;
  }

  private keepText(text: string): void {
    this.keep(Buffer.from(text));
  }

  private keep(bytes: Uint8Array): void {
    this.kept.push(bytes);
    this.keptBytes += bytes.length;
  }
}

function isScalar(byte: number): boolean {
  return byte !== quote && byte !== openObject && byte !== openList;
}

/** The beginning of a string as it is written, without a character or an escape that is cut at its end, or half a surrogate pair. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 1 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  if ((bytes[end - 1] ?? 0) >= 0xc0) end--;
  else end = bytes.length;
  const text = bytes.subarray(0, end);
  for (let at = firstEscapeNear(text); at < end;) {
    const length = text[at] === backslash ? escapeLength(text, at) : 1;
    if (at + length > end) return text.subarray(0, at);
    at += length;
  }
  return text;
}

/** Of the escape at an offset, with that of the other half of a surrogate pair; more than there is where either may be cut. */
function escapeLength(text: Uint8Array, at: number): number {
  if (at + 1 < text.length && text[at + 1] !== letterU) return 2;
  const [first, second] = [at, at + 6].map((from) => Buffer.from(text.subarray(from, from + 4)).toString('latin1'));
  if (!/^\\ud[89ab]/i.test(first ?? '')) return 6;
  const isPair = /^\\ud[c-f]/i.test(second ?? '');
  return isPair || (at + 10 > text.length && '\\ud'.startsWith((second ?? '').slice(0, 3))) ? 12 : 6;
}

/** An offset at which no escape is under way, not far from the end where there is one. */
function firstEscapeNear(text: Uint8Array): number {
  for (let at = Math.max(1, text.length - 64); at > 1; at--) {
    // Twelve plain bytes in a row: no escape, and no pair of them, reaches over them.
    if (text.subarray(Math.max(1, at - 12), at).indexOf(backslash) < 0) return at;
  }
  return 1;
}
