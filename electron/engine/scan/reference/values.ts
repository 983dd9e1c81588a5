import type { Buffer } from 'node:buffer';
import { CellKind } from '../../index/types.ts';

/** A value of a line, known by its place: nothing of it is copied before it is asked for. Offsets count within the line. */
export interface LineValue {
  readonly kind: CellKind;
  /** Its first byte; of a string the one after the quote. */
  readonly start: number;
  /** After its last byte; of a string at the closing quote. */
  readonly end: number;
}

export interface Member {
  /** With its escapes decoded. */
  readonly key: string;
  readonly keyBytes: number;
  readonly value: LineValue;
}

const [quote, backslash, openObject, openArray] = [0x22, 0x5c, 0x7b, 0x5b];

/** Reads the values of one line of valid JSON, each where it stands, with no more memory than the line. */
export class ValueReader {
  constructor(private readonly line: Buffer) {}

  /** The value of a line that holds an object or a list. */
  root(): LineValue {
    let end = this.line.length;
    while (isBlank(this.line[end - 1] ?? 0)) end--;
    return { kind: this.rootKind(), start: this.skipBlanks(0), end };
  }

  /** The kind of the value the line holds. */
  rootKind(): CellKind {
    return kindOf(this.line[this.skipBlanks(0)] ?? 0);
  }

  /** The members of an object in the order of the line, with all of equal keys; none of anything else. */
  *members(object: LineValue | undefined): Generator<Member, void> {
    if (object?.kind !== CellKind.object) return;
    let at = this.skipBlanks(object.start + 1);
    while (this.line[at] === quote) {
      const end = this.endOfString(at + 1);
      const value = this.valueAt(this.skipBlanks(this.skipBlanks(end + 1) + 1)); // behind the colon
      yield { key: this.decoded(at + 1, end), keyBytes: end - at - 1, value };
      at = this.skipBlanks(this.skipBlanks(after(value)) + 1); // behind the comma or the bracket
      if (at >= object.end) return;
    }
  }

  /** The elements of a list, one after the other; none of anything else. */
  *elements(list: LineValue | undefined): Generator<LineValue, void> {
    if (list?.kind !== CellKind.array) return;
    for (let at = this.skipBlanks(list.start + 1); at < list.end - 1;) {
      const value = this.valueAt(at);
      yield value;
      at = this.skipBlanks(this.skipBlanks(after(value)) + 1);
    }
  }

  /** Some members of an object by their keys: the last of equal ones, as in JSON.parse. */
  pick(object: LineValue | undefined, keys: ReadonlySet<string>): ReadonlyMap<string, LineValue> {
    const picked = new Map<string, LineValue>();
    for (const { key, value } of this.members(object)) if (keys.has(key)) picked.set(key, value);
    return picked;
  }

  /** A string with its escapes decoded. */
  text({ start, end }: LineValue): string {
    return this.decoded(start, end);
  }

  /** The bytes of a value as the line writes them, which are ASCII: numbers and literals. */
  source({ start, end }: LineValue): string {
    return this.line.toString('latin1', start, end);
  }

  private valueAt(start: number): LineValue {
    const kind = kindOf(this.line[start] ?? 0);
    if (kind === CellKind.string) return { kind, start: start + 1, end: this.endOfString(start + 1) };
    if (kind === CellKind.object || kind === CellKind.array) return { kind, start, end: this.endOfBrackets(start) };
    let end = start;
    while (end < this.line.length && !isDelimiter(this.line[end] ?? 0)) end++;
    return { kind, start, end };
  }

  /** Where a string ends whose first byte is at `from`: at the first quote behind an even number of backslashes. */
  private endOfString(from: number): number {
    for (let at = this.line.indexOf(quote, from); ; at = this.line.indexOf(quote, at + 1)) {
      let before = at;
      while (before > from && this.line[before - 1] === backslash) before--;
      if ((at - before) % 2 === 0) return at;
    }
  }

  /** Behind the bracket that closes the one at `from`. */
  private endOfBrackets(from: number): number {
    for (let at = from, depth = 0; ; at++) {
      const byte = this.line[at];
      if (byte === quote) at = this.endOfString(at + 1);
      else if (byte === openObject || byte === openArray) depth++;
      else if ((byte === openObject + 2 || byte === openArray + 2) && --depth === 0) return at + 1;
    }
  }

  private decoded(start: number, end: number): string {
    const text = this.line.toString('utf8', start, end);
    return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (isBlank(this.line[at] ?? 0)) at++;
    return at;
  }
}

/** The kind of a value by its first byte. */
function kindOf(byte: number): CellKind {
  switch (byte) {
    case quote:
      return CellKind.string;
    case openObject:
      return CellKind.object;
    case openArray:
      return CellKind.array;
    case 0x6e:
      return CellKind.null;
    case 0x74:
    case 0x66:
      return CellKind.boolean;
    default:
      return CellKind.number;
  }
}

function after({ kind, end }: LineValue): number {
  return kind === CellKind.string ? end + 1 : end;
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/** What ends a number or a literal of valid JSON. */
function isDelimiter(byte: number): boolean {
  return isBlank(byte) || byte === 0x2c || byte === 0x5d || byte === 0x7d;
}
