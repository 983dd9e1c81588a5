import { backslash, isHigh, isLow, isUnit, unitAt } from './bytes.ts';

// Offsets are below the arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What stands for a character behind a backslash, where it is not that character. */
const shortEscapes: ReadonlyMap<number, number> = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/**
 * Writes the text that bytes [start, end) of a JSON string stand for, at `at`, and answers where it ends. The text is in UTF-8, half a
 * surrogate pair three bytes: equal texts are equal bytes. It is no longer than what it is written as.
 */
export function decodeInto(into: Uint8Array, at: number, json: Uint8Array, start: number, end: number): number {
  let to = at;
  for (let from = start; from < end;) {
    if (json[from] !== backslash) into[to++] = json[from++]!;
    else if (!isUnit(json, from)) {
      const escape = json[from + 1]!;
      into[to++] = shortEscapes.get(escape) ?? escape;
      from += 2;
    } else {
      const unit = unitAt(json, from);
      const next = isHigh(unit) && isUnit(json, from + 6) ? unitAt(json, from + 6) : 0;
      to = writePoint(into, to, isLow(next) ? 0x1_0000 + ((unit - 0xd800) << 10) + next - 0xdc00 : unit);
      from += isLow(next) ? 12 : 6;
    }
  }
  return to;
}

function writePoint(into: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    into[at] = point;
    return at + 1;
  }
  const tails = point < 0x800 ? 1 : point < 0x1_0000 ? 2 : 3;
  into[at] = ((0xff00 >>> (tails + 1)) & 0xff) | (point >>> (6 * tails));
  for (let i = 1; i <= tails; i++) into[at + i] = 0x80 | ((point >>> (6 * (tails - i))) & 0x3f);
  return at + tails + 1;
}
