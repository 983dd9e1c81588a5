import { Buffer } from 'node:buffer';
import { AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { Source } from '../source/index.ts';

/** Where a text begins in a file, and where its row ends. */
export interface TextPlace {
  readonly source: Source;
  readonly offset: number;
  readonly rowEnd: number;
}

const firstRead = 4096;
/** A preview reads no further, however much of it is blank. */
const previewBytes = 64 << 10;

/** Bytes [start, end) of a file that must still be what was opened. */
export function readBytes(source: Source, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  readInto(bytes, 0, source, start, end);
  return bytes;
}

/** The same, to a place in a buffer. */
export function readInto(bytes: Uint8Array, at: number, source: Source, start: number, end: number): void {
  source.verify();
  for (let done = start; done < end;) {
    const got = source.read(bytes, at + done - start, end - done, done);
    if (got === 0) throw changedFile(source);
    done += got;
  }
}

/** The whole JSON string whose first byte, after the quote, lies at the place. */
export function readString(place: TextPlace): string {
  return readUntil(place, (bytes) => {
    const end = closingQuote(bytes);
    return end < 0 ? undefined : decodeString(bytes.subarray(0, end), place.source);
  });
}

/** The number whose first digit or sign lies at the place, as it is written. */
export function readDigits(place: TextPlace): string {
  return readUntil(place, (bytes, isAll) => {
    const length = bytes.findIndex((byte) => !isNumberByte(byte));
    return length < 0 && !isAll ? undefined : bytes.toString('latin1', 0, length < 0 ? bytes.length : length);
  });
}

/** The beginning of a JSON string: escapes decoded, runs of white space as one space, at most limits.previewChars. */
export function previewString(place: TextPlace): string {
  return readUntil(place, (bytes, isAll) => {
    const end = closingQuote(bytes);
    const text = oneLine(decodeString(end < 0 ? wholeEscapes(bytes) : bytes.subarray(0, end), place.source));
    const isEnough = end >= 0 || isAll || text.length > limits.previewChars || bytes.length >= previewBytes;
    return isEnough ? shorten(text, end < 0) : undefined;
  });
}

/** The beginning of the object or list at the place, as JSON. */
export function previewJson(place: TextPlace): string {
  const bytes = readBytes(place.source, place.offset, Math.min(place.rowEnd, place.offset + firstRead));
  const end = closingBracket(bytes);
  return shorten(oneLine(decodePrefix(end < 0 ? bytes : bytes.subarray(0, end))), end < 0);
}

/** White space as one space each run of it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** At most limits.previewChars, with an ellipsis where something is left out. Never cuts a character in two. */
export function shorten(text: string, isCut = false): string {
  if (!isCut && text.length <= limits.previewChars) return text;
  let end = Math.min(text.length, limits.previewChars - 1);
  if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end--;
  return `${text.slice(0, end)}…`;
}

/** Reads on from the place, four times as much each time, until `take` has enough. `isAll`: the row ends here. */
function readUntil<T>({ source, offset, rowEnd }: TextPlace, take: (bytes: Buffer, isAll: boolean) => T | undefined): T {
  for (let length = firstRead; ; length *= 4) {
    const end = Math.min(rowEnd, offset + length);
    const taken = take(readBytes(source, offset, end), end === rowEnd);
    if (taken !== undefined) return taken;
    if (end === rowEnd) throw changedFile(source);
  }
}

function closingQuote(bytes: Buffer): number {
  for (let at = bytes.indexOf(0x22); at >= 0; at = bytes.indexOf(0x22, at + 1)) {
    let slashes = 0;
    while (bytes[at - 1 - slashes] === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function closingBracket(bytes: Buffer): number {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) {
      const length = closingQuote(bytes.subarray(at + 1));
      if (length < 0) return -1;
      at += length + 1;
    } else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
  }
  return -1;
}

/** The bytes without an escape that is cut at their end. */
function wholeEscapes(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(0x5c); at >= 0;) {
    const length = bytes[at + 1] === 0x75 ? 6 : 2;
    if (at + length > bytes.length) return bytes.subarray(0, at);
    at = bytes.indexOf(0x5c, at + length);
  }
  return bytes;
}

/** UTF-8 without a sequence that is cut at the end. */
function decodePrefix(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}

function decodeString(bytes: Buffer, source: Source): string {
  const text = decodePrefix(bytes);
  if (!text.includes('\\')) return text;
  let value: unknown;
  try {
    value = JSON.parse(`"${text}"`);
  } catch {
    throw changedFile(source);
  }
  return String(value);
}

function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65;
}

export function changedFile(source: Source): AppError {
  return new AppError('changed', `${source.path} has changed since it was opened. Open it again to read it as it is now.`);
}
