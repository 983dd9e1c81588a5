import type { Buffer } from 'node:buffer';

const [quote, backslash, letterU] = [0x22, 0x5c, 0x75];

/** How far some bytes of a JSON string go. */
export interface Advance {
  /** Behind the last byte taken. */
  readonly end: number;
  /** The closing quote lies at `end`. */
  readonly isOver: boolean;
  /** Nothing but ASCII and no escapes. */
  readonly isPlain: boolean;
}

/**
 * Takes at least so many UTF-16 units of a JSON string, or all there are, from one of its bytes on. Both halves of a surrogate
 * pair are taken together, so that where a piece ends does not depend on how the text is written. Undefined where the bytes end before.
 */
export function takeUnits(bytes: Uint8Array, from: number, units: number): Advance | undefined {
  if (units === Infinity) return takeAll(bytes, from);
  let isPlain = true;
  let taken = 0;
  let at = from;
  while (taken < units) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    if (byte === quote) return { end: at, isOver: true, isPlain };
    if (byte >= 0x80 || byte === backslash) isPlain = false;
    const length = byte < 0x80 ? (byte === backslash ? escapeLength(bytes, at) : 1) : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    if (length === undefined || at + length > bytes.length) return undefined;
    taken += length === 12 || byte >= 0xf0 ? 2 : 1;
    at += length;
  }
  const next = bytes[at];
  return next === undefined ? undefined : { end: at, isOver: next === quote, isPlain };
}

/** The last place not behind `length` at which no character, escape or surrogate pair is cut; before the closing quote, where that comes first. */
export function wholeLength(bytes: Uint8Array, length: number): number {
  let at = 0;
  for (let end = 0; end <= length;) {
    at = end;
    const taken = bytes[at] === quote ? undefined : takeUnits(bytes, at, 1);
    // The byte behind is not there: nobody knows whether the last one is whole.
    if (!taken) break;
    end = taken.end;
  }
  return at;
}

function takeAll(bytes: Uint8Array, from: number): Advance | undefined {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return { end: at, isOver: true, isPlain: false };
  }
  return undefined;
}

/** Of the escape at an offset, with that of the other half of a surrogate pair; undefined where the bytes end before that is known. */
export function escapeLength(bytes: Uint8Array, at: number): number | undefined {
  const kind = bytes[at + 1];
  if (kind === undefined) return undefined;
  if (kind !== letterU) return 2;
  if (at + 6 > bytes.length) return undefined;
  if (!isSurrogate(bytes, at + 2, isHighDigit)) return 6;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + 6 + i];
    if (byte === undefined) return undefined;
    const fits = i === 0 ? byte === backslash : i === 1 ? byte === letterU : i === 2 ? isLetterD(byte) : isLowDigit(byte);
    if (!fits) return 6;
  }
  return 12;
}

/** What bytes of a JSON string say. Fails with SyntaxError where they are none. */
export function decodeString(bytes: Buffer, { from, end, isPlain }: { from: number; end: number; isPlain: boolean }): string {
  if (isPlain) return bytes.toString('latin1', from, end);
  const text = bytes.toString('utf8', from, end);
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
}

function isSurrogate(bytes: Uint8Array, at: number, isDigit: (byte: number) => boolean): boolean {
  return isLetterD(bytes[at] ?? 0) && isDigit(bytes[at + 1] ?? 0);
}

function isLetterD(byte: number): boolean {
  return (byte | 0x20) === 0x64;
}

/** 8, 9, a, b. */
function isHighDigit(byte: number): boolean {
  return byte === 0x38 || byte === 0x39 || (byte | 0x20) === 0x61 || (byte | 0x20) === 0x62;
}

/** c to f. */
function isLowDigit(byte: number): boolean {
  return (byte | 0x20) >= 0x63 && (byte | 0x20) <= 0x66;
}
