import type { Needle } from './types.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

const backslash = 0x5c;
const u = 0x75;
const escapeBytes = 6;

/** The UTF-16 unit of the `\\uXXXX` at a place; undefined where there is none, or not all of it. */
export function escapedUnit(bytes: Uint8Array, at: number): number | undefined {
  if (at < 0 || bytes[at] !== backslash || bytes[at + 1] !== u || at + escapeBytes > bytes.length) return undefined;
  let unit = 0;
  for (let i = at + 2; i < at + escapeBytes; i++) unit = (unit << 4) | ((bytes[i]! & 15) + (bytes[i]! >> 6) * 9);
  return unit;
}

/**
 * Whether a needle may stand around the escape of a unit at a place, this being the first of its characters that is escaped: those
 * before stand as they are, each behind either so or escaped. True also where the bytes end before that can be told.
 */
export function mayStandAround(bytes: Uint8Array, at: number, unit: number, needle: Needle): boolean {
  return needle.characters.some(({ offset, escapes }, i) =>
    escapes.some((units) => {
      if (units.at(-1) !== unit) return false;
      const start = at - escapeBytes * (units.length - 1);
      if (start - offset < 0) return true;
      return (
        isRaw(bytes, start - offset, needle, 0, offset) &&
        isEscaped(bytes, start, units) &&
        mayFollow(bytes, at + escapeBytes, needle, i + 1)
      );
    }),
  );
}

function mayFollow(bytes: Uint8Array, from: number, needle: Needle, first: number): boolean {
  let at = from;
  for (let i = first; i < needle.characters.length; i++) {
    const { offset, length, escapes } = needle.characters[i]!;
    if (at + Math.max(length, 2 * escapeBytes) > bytes.length) return true;
    if (isRaw(bytes, at, needle, offset, offset + length)) at += length;
    else {
      const written = escapes.find((units) => isEscaped(bytes, at, units));
      if (!written) return false;
      at += escapeBytes * written.length;
    }
  }
  return true;
}

/** Bytes [from, to) of the needle. */
function isRaw(bytes: Uint8Array, at: number, { masks, values }: Needle, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[at + i - from]! | masks[i]!) !== values[i]) return false;
  return true;
}

function isEscaped(bytes: Uint8Array, at: number, units: readonly number[]): boolean {
  return units.every((unit, i) => escapedUnit(bytes, at + i * escapeBytes) === unit);
}
