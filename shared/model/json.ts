/**
 * JSON without loss. `JSON.parse` turns `1.0` into 1 and rounds 9007199254740993, but a trainer in Python tells `1.0` from `1`
 * and reads integers of any length. Here a number that JavaScript would write otherwise than it was written keeps its text.
 *
 * What is not kept: white space, all but the last of equal keys, and the place of keys that are whole numbers (JavaScript
 * lists those first).
 */

/** A number with the text it had. `toJSON` rounds: use `writeJson` to write it back as it was. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): number {
    return Number(this.text);
  }
}

export type JsonValue = null | boolean | number | JsonNumber | string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

/** Levels of nesting that are read and written. Python's own reader gives up at about a thousand. */
export const maxJsonDepth = 512;

/** The value is nested deeper than `maxJsonDepth`. */
export class JsonDepthError extends Error {
  constructor() {
    super(`nested deeper than ${maxJsonDepth} levels`);
    this.name = 'JsonDepthError';
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** A number that may not survive: a fraction, an exponent, a negative zero, or more than 15 digits. May also match inside strings. */
const inexact = /\d[.eE]|\d{16}|-0/;

/** Parses one JSON text. Fails with SyntaxError where `JSON.parse` does, and with JsonDepthError. */
export function parseJson(text: string): JsonValue {
  const plain: JsonValue = JSON.parse(text);
  if (inexact.test(text)) return new Reader(text).read();
  requireDepth(plain, 0);
  return plain;
}

/**
 * The same of a text that is known to be one JSON text, as lines of rollouts are: it is gone through once. What is none after all
 * fails with SyntaxError or reads as something else, but ends.
 */
export function parseKnownJson(text: string): JsonValue {
  return inexact.test(text) ? new Reader(text).read() : parseJson(text);
}

/** Whoever walks a value deeper than this, or sends it to another thread, may find no room on the stack. */
function requireDepth(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxJsonDepth) throw new JsonDepthError();
  for (const each of Array.isArray(value) ? value : Object.values(value)) requireDepth(each, depth + 1);
}

const quote = 34;
const comma = 44;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;
const letterF = 102;
const letterN = 110;
const letterT = 116;
const space = 32;

const zero = 48;
const nine = 57;
/** So many digits are exact as float64. */
const exactDigits = 15;
/** What stands in no list of exact whole numbers. */
const noInteger = /[^\d, ]|\d{16}/;
const numberText = /[^\]},\s]+/y;

/** Reads a text that is valid JSON. Strings, which most of a rollout is, are found with `indexOf` and cut out whole. */
class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  /** The first backslash at or behind `at`; the end where there is none. */
  private backslash = -1;

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonValue {
    this.skipSpace();
    return this.value();
  }

  private value(): JsonValue {
    switch (this.text.charCodeAt(this.at)) {
      case quote:
        return this.string();
      case openObject:
        return this.object();
      case openList:
        return this.list();
      case letterT:
        this.at += 4;
        return true;
      case letterF:
        this.at += 5;
        return false;
      case letterN:
        this.at += 4;
        return null;
      default:
        return this.number();
    }
  }

  private object(): JsonObject {
    this.open();
    const object: JsonObject = {};
    while (this.text.charCodeAt(this.at) !== closeObject) {
      const key = this.string();
      this.skipSpace();
      this.at++; // the colon
      this.skipSpace();
      const value = this.value();
      if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      else object[key] = value;
      this.next();
    }
    this.close();
    return object;
  }

  private list(): JsonValue[] {
    const integers = this.integers();
    if (integers) return integers;
    this.open();
    const list: JsonValue[] = [];
    while (this.text.charCodeAt(this.at) !== closeList) {
      list.push(this.value());
      this.next();
    }
    this.close();
    return list;
  }

  /** Lists of token ids are most of some rollouts: what holds nothing but digits and commas is read at once. */
  private integers(): number[] | undefined {
    const { text, at } = this;
    const first = text.charCodeAt(at + 1);
    if (first < zero || first > nine) return undefined;
    const end = text.indexOf(']', at) + 1;
    if (end === 0 || this.depth >= maxJsonDepth || noInteger.test(text.slice(at + 1, end - 1))) return undefined;
    this.at = end;
    const parsed: number[] = JSON.parse(text.slice(at, end));
    return parsed;
  }

  private open(): void {
    if (++this.depth > maxJsonDepth) throw new JsonDepthError();
    this.at++;
    this.skipSpace();
  }

  private close(): void {
    this.depth--;
    this.at++;
  }

  /** To the next member, or to the bracket that ends the list. */
  private next(): void {
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== comma) return;
    this.at++;
    this.skipSpace();
  }

  private skipSpace(): void {
    while (this.text.charCodeAt(this.at) <= space) this.at++;
  }

  private string(): string {
    const { text, at } = this;
    let end = text.indexOf('"', at + 1);
    if (end < 0) throw new SyntaxError('the text ends inside a string');
    if (this.backslash < at) this.backslash = this.backslashFrom(at);
    if (this.backslash > end) {
      this.at = end + 1;
      return text.slice(at + 1, end);
    }
    // Each escape takes two characters: a quote right behind a backslash does not end the string.
    while (this.backslash < end) {
      const behind = this.backslash + 2;
      if (end < behind) end = text.indexOf('"', behind);
      this.backslash = this.backslashFrom(behind);
      if (end < 0) throw new SyntaxError('the text ends inside a string');
    }
    this.at = end + 1;
    const parsed: string = JSON.parse(text.slice(at, end + 1));
    return parsed;
  }

  private backslashFrom(at: number): number {
    const found = this.text.indexOf('\\', at);
    return found < 0 ? this.text.length : found;
  }

  private number(): number | JsonNumber {
    const { text, at } = this;
    let end = at;
    let whole = 0;
    for (let code = text.charCodeAt(end); code >= zero && code <= nine; code = text.charCodeAt(++end)) whole = whole * 10 + code - zero;
    // Most numbers are short and whole. Valid JSON has no zeros before other digits.
    if (end > at && end - at <= exactDigits && isOver(text.charCodeAt(end))) {
      this.at = end;
      return whole;
    }
    numberText.lastIndex = at;
    const found = numberText.exec(text)?.[0] ?? '';
    // Each value takes something of the text: whatever that is, reading it ends.
    if (found === '') throw new SyntaxError('expected a value');
    this.at += found.length;
    const number = Number(found);
    return String(number) === found ? number : new JsonNumber(found);
  }
}

/** Whether a number ends before this character (NaN: the end of the text). */
function isOver(code: number): boolean {
  return code === comma || code === closeObject || code === closeList || code <= space || Number.isNaN(code);
}

/**
 * A value as it travels to a page: a JsonNumber is a plain number where float64 holds it, else its digits as text. What is a
 * number to everyone (1.0) stays one; what would be another number, or none (1e400), can still be read.
 */
export function plainJson(value: JsonValue): JsonValue;
export function plainJson(value: unknown): unknown;
export function plainJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof JsonNumber) return plainNumber(value.text);
  if (Array.isArray(value)) return value.map((each: unknown) => plainJson(each));
  return Object.fromEntries(Object.entries(value).map(([key, each]: [string, unknown]) => [key, plainJson(each)]));
}

function plainNumber(text: string): number | string {
  const number = Number(text);
  const isHeld = /^-?\d+$/.test(text) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isHeld ? number : text;
}

/**
 * The JSON text of a value, numbers as they were read; fields that are undefined are left out. Without `indent` (spaces a
 * level) there is no white space. Lone surrogates are escaped, as `JSON.stringify` does. `levels`: how many are around the value.
 * Fails with JsonDepthError.
 */
export function writeJson(value: unknown, indent = 0, levels = 0): string {
  return holdsExact(value, levels) ? write(value, indent, '\n') : (JSON.stringify(value, null, indent) ?? 'null');
}

/** Whether a JsonNumber is anywhere in the value: `JSON.stringify` is several times faster where none is. */
function holdsExact(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof JsonNumber) return true;
  if (depth >= maxJsonDepth) throw new JsonDepthError();
  let found = false;
  // To the end, whatever was found: the depth of all of it counts.
  if (Array.isArray(value)) for (const each of value) found = holdsExact(each, depth + 1) || found;
  else for (const key in value) if (Object.hasOwn(value, key)) found = holdsExact(Reflect.get(value, key), depth + 1) || found;
  return found;
}

/** `newline`: a line break and the indentation of the level that the value stands on. */
function write(value: unknown, indent: number, newline: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (value instanceof JsonNumber) return value.text;
  const inner = indent > 0 ? newline + ' '.repeat(indent) : '';
  const end = indent > 0 ? newline : '';
  if (Array.isArray(value)) {
    const items = value.map((each) => inner + write(each, indent, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${end}]`;
  }
  const colon = indent > 0 ? ': ' : ':';
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${inner}${JSON.stringify(key)}${colon}${write(each, indent, inner)}`);
  return fields.length === 0 ? '{}' : `{${fields.join(',')}${end}}`;
}
