import { limits } from '#shared/limits.ts';
import { LineError } from '../kernel-words.ts';
import { sequenceLength } from './utf8.ts';

/** The first error of a line, and its offset within it. */
export interface ReferenceError {
  readonly error: LineError;
  readonly offset: number;
}

/**
 * Strict JSON, one byte at a time: slow and plain, to say where a line (without its newline) goes wrong. Null where it is
 * valid. The kernel is held to it. An escape is blamed on the byte after its backslash, `\u` on the first byte that is no hex
 * digit, UTF-8 on the first byte of the sequence, a literal on its first letter, or the byte after it, a number on the byte
 * that does not fit, or where it is too long on its first, an unfinished line on its end, and NaN or Infinity, when nothing else is wrong, on its first letter.
 */
export function firstError(line: Uint8Array): ReferenceError | null {
  const strict = new Reader(line, false).read();
  if (!strict) return null;
  const lenient = new Reader(line, true);
  const other = lenient.read();
  if (lenient.firstNan < 0 || (other && other.offset <= lenient.firstNan)) return strict;
  return { error: other ? LineError.value : LineError.nan, offset: lenient.firstNan };
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d];
const minus = 0x2d;
/** Bytes of a string with nothing to be said about them. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== backslash ? 1 : 0,
);
const escapes = bytesOf('"\\/bfnrt');
const literals = ['true', 'false', 'null'].map(bytesOf);
const notNumbers = ['NaN', 'Infinity', '-Infinity'].map(bytesOf);

class Reader {
  /** Offset of the first NaN or Infinity that was let pass. */
  firstNan = -1;
  private at = 0;

  constructor(
    private readonly line: Uint8Array,
    private readonly allowsNan: boolean,
  ) {}

  read(): ReferenceError | null {
    const open: number[] = [];
    let expected: LineError = LineError.root;
    while (true) {
      this.skipBlanks();
      const byte = this.byte();
      if (byte === openObject || byte === openArray) {
        if (open.length === limits.nesting) return this.fail(LineError.depth);
        open.push(byte);
        this.at++;
        this.skipBlanks();
        if (this.byte() !== closing(byte)) {
          const error = byte === openObject ? this.key(LineError.keyOrEnd) : null;
          if (error) return error;
          expected = byte === openObject ? LineError.value : LineError.valueOrEnd;
          continue;
        }
      } else {
        const error = this.scalar(expected);
        if (error) return error;
      }
      const next = this.afterValue(open);
      if (next !== 'value') return next;
      expected = LineError.value;
    }
  }

  /** After a value, or at the bracket that closes an empty one: null at the end of the line, 'value' before another one. */
  private afterValue(open: number[]): ReferenceError | null | 'value' {
    while (true) {
      this.skipBlanks();
      const container = open.at(-1);
      if (container === undefined) return this.at >= this.line.length ? null : this.fail(LineError.trailing);
      const byte = this.byte();
      if (byte === closing(container)) {
        open.pop();
        this.at++;
        continue;
      }
      const isObject = container === openObject;
      if (byte !== comma) return this.fail(isObject ? LineError.objectNext : LineError.arrayNext);
      this.at++;
      this.skipBlanks();
      return (isObject && this.key(LineError.key)) || 'value';
    }
  }

  private key(expected: LineError): ReferenceError | null {
    if (this.byte() !== quote) return this.fail(expected);
    const error = this.string();
    if (error) return error;
    this.skipBlanks();
    if (this.byte() !== colon) return this.fail(LineError.colon);
    this.at++;
    return null;
  }

  private scalar(expected: LineError): ReferenceError | null {
    const byte = this.byte();
    if (byte === quote) return this.string();
    if (this.allowsNan && this.notANumber()) return null;
    if (byte === minus || isDigit(byte)) return this.number();
    const literal = literals.find((word) => this.isWord(word));
    if (literal) {
      this.at += literal.length;
      return this.isDelimiter() ? null : this.fail(LineError.literal);
    }
    return this.fail(literals.some((word) => word[0] === byte) ? LineError.literal : expected);
  }

  private notANumber(): boolean {
    const word = notNumbers.find((candidate) => this.isWord(candidate));
    if (!word) return false;
    const start = this.at;
    this.at += word.length;
    if (!this.isDelimiter()) {
      this.at = start;
      return false;
    }
    if (this.firstNan < 0) this.firstNan = word[0] === minus ? start + 1 : start;
    return true;
  }

  private number(): ReferenceError | null {
    const start = this.at;
    const error = this.numberParts();
    return this.at - start > limits.numberBytes ? { error: LineError.tooLong, offset: start } : error;
  }

  private numberParts(): ReferenceError | null {
    if (this.byte() === minus) this.at++;
    if (this.byte() === 0x30) this.at++;
    else if (!this.digits()) return this.fail(LineError.number);
    if (this.byte() === 0x2e) {
      this.at++;
      if (!this.digits()) return this.fail(LineError.number);
    }
    if (this.byte() === 0x65 || this.byte() === 0x45) {
      this.at++;
      if (this.byte() === 0x2b || this.byte() === minus) this.at++;
      if (!this.digits()) return this.fail(LineError.number);
    }
    return this.isDelimiter() ? null : this.fail(LineError.number);
  }

  private string(): ReferenceError | null {
    const { line } = this;
    for (this.at++; this.at < line.length;) {
      let at = this.at;
      while (isPlain[line[at] ?? quote]) at++;
      this.at = at;
      const byte = this.byte();
      if (byte === quote) {
        this.at++;
        return null;
      }
      if (at >= line.length) break;
      if (byte < 0x20) return this.fail(LineError.control);
      if (byte === backslash) {
        const error = this.escape();
        if (error) return error;
        continue;
      }
      const length = sequenceLength(line, at);
      if (length === 0) return this.fail(LineError.utf8);
      this.at += length;
    }
    return this.fail(LineError.unterminated);
  }

  private escape(): ReferenceError | null {
    this.at++;
    if (this.byte() === 0x75) {
      this.at++;
      for (let i = 0; i < 4; i++, this.at++) if (!isHex(this.byte())) return { error: LineError.hex, offset: this.at };
      return null;
    }
    if (!escapes.includes(this.byte())) return { error: LineError.escape, offset: this.at };
    this.at++;
    return null;
  }

  private digits(): boolean {
    const start = this.at;
    while (isDigit(this.byte())) this.at++;
    return this.at > start;
  }

  /** Outside strings a byte that is not even UTF-8 is that error first. */
  private fail(error: LineError): ReferenceError {
    const isUtf8 = this.at >= this.line.length || this.byte() < 0x80 || sequenceLength(this.line, this.at) > 0;
    return { error: isUtf8 ? error : LineError.utf8, offset: this.at };
  }

  private skipBlanks(): void {
    while (this.byte() === 0x20 || this.byte() === 0x09 || this.byte() === 0x0d) this.at++;
  }

  private isWord(word: Uint8Array): boolean {
    return word.every((byte, i) => this.line[this.at + i] === byte);
  }

  private isDelimiter(): boolean {
    return this.at >= this.line.length || delimiters.includes(this.byte());
  }

  /** The byte at hand; -1 at the end. */
  private byte(): number {
    return this.line[this.at] ?? -1;
  }
}

const delimiters = bytesOf(' \t\r\n,:{}[]"');

function closing(open: number): number {
  return open === openObject ? closeObject : closeArray;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
