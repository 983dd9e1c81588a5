import { Buffer } from 'node:buffer';

/** Bytes [start, end) of a line of `length` bytes, which hold one valid JSON object. */
export interface LineBytes {
  readonly length: number;
  read(start: number, end: number): Uint8Array;
}

/** Bytes that are held anyway. */
export function heldBytes(bytes: Uint8Array): LineBytes {
  return { length: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

export const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];
const windowBytes = 1 << 18;

/** What ends the bytes that say nothing about nesting. */
const isSign = new Uint8Array(256);
for (const byte of [quote, openObject, closeObject, openList, closeList]) isSign[byte] = 1;

/** Goes through the values of a long line in a window of bytes: whatever is passed over is never held. */
export class ByteWalk {
  private window: Uint8Array = new Uint8Array(0);
  private windowStart = 0;

  constructor(private readonly line: LineBytes) {}

  /** The byte at an offset; 0 behind the end. */
  byteAt(at: number): number {
    if (at >= this.line.length) return 0;
    this.look(at);
    return this.window[at - this.windowStart] ?? 0;
  }

  bytes(start: number, end: number): Uint8Array {
    return this.line.read(start, end);
  }

  /** The first byte from an offset on that is no blank. */
  skipBlanks(from: number): number {
    let at = from;
    while (isBlank(this.byteAt(at))) at++;
    return at;
  }

  /** Where the value ends that begins at an offset. */
  endOfValue(start: number): number {
    const first = this.byteAt(start);
    if (first === quote) return this.endOfString(start);
    if (first === openObject || first === openList) return this.endOfNesting(start + 1);
    let at = start;
    while (at < this.line.length && !isDelimiter(this.byteAt(at))) at++;
    return at;
  }

  /** Behind the closing quote of the string whose first quote is at `start`. */
  endOfString(start: number): number {
    // Whether the bytes before the window end with an odd number of backslashes.
    let isEscaped: boolean = false;
    for (let at = start + 1; at < this.line.length;) {
      this.look(at);
      const { window, windowStart } = this;
      const from = at - windowStart;
      const found = window.indexOf(quote, from);
      const to = found < 0 ? window.length : found;
      let slashes = 0;
      while (to - 1 - slashes >= from && window[to - 1 - slashes] === backslash) slashes++;
      const isOdd: boolean = (slashes % 2 === 1) !== (slashes === to - from && isEscaped);
      if (found >= 0 && !isOdd) return windowStart + found + 1;
      isEscaped = found < 0 && isOdd;
      at = windowStart + to + (found < 0 ? 0 : 1);
    }
    throw new SyntaxError('the line ends inside a string');
  }

  /** Behind the bracket that closes the object or list in which an offset lies, outside of any string. */
  endOfNesting(from: number): number {
    let depth = 1;
    for (let at = from; at < this.line.length;) {
      this.look(at);
      const { window, windowStart } = this;
      let i = at - windowStart;
      while (i < window.length && isSign[window[i] ?? 0] === 0) i++;
      at = windowStart + i;
      if (i === window.length) continue;
      const byte = window[i];
      if (byte === quote) at = this.endOfString(at);
      else {
        at++;
        if (byte === openObject || byte === openList) depth++;
        else if (--depth === 0) return at;
      }
    }
    throw new SyntaxError('the line ends inside a value');
  }

  /** The members of the object at `start`, each with its key and where its value lies; a value's end is looked for when it is asked for. */
  *members(start: number): Generator<{ key: string; keyStart: number; valueStart: number; end: () => number }, void> {
    for (let at = this.skipBlanks(start + 1); this.byteAt(at) === quote;) {
      const keyEnd = this.endOfString(at);
      const valueStart = this.skipBlanks(this.skipBlanks(keyEnd) + 1);
      let known: number | undefined;
      const end = (): number => (known ??= this.endOfValue(valueStart));
      yield { key: this.textOf(at, keyEnd), keyStart: at, valueStart, end };
      at = this.skipBlanks(end());
      if (this.byteAt(at) !== comma) return;
      at = this.skipBlanks(at + 1);
    }
  }

  private textOf(start: number, end: number): string {
    return String(JSON.parse(Buffer.from(this.bytes(start, end)).toString('utf8')));
  }

  private look(at: number): void {
    if (at >= this.windowStart && at < this.windowStart + this.window.length) return;
    this.windowStart = at;
    this.window = this.line.read(at, Math.min(this.line.length, at + windowBytes));
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function isDelimiter(byte: number): boolean {
  return isBlank(byte) || byte === comma || byte === closeObject || byte === closeList;
}
