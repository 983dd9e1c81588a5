import type { Pair } from './spellings.ts';

/** Bytes to be looked for: byte t matches where (byte | masks[t]) is values[t]. */
export interface Needle {
  readonly masks: Uint8Array;
  readonly values: Uint8Array;
  /** Places of its two rarest bytes, ascending; the same twice where it has but one. */
  readonly rare: readonly [number, number];
  readonly characters: readonly NeedleCharacter[];
}

/** A character of a needle: where its bytes begin in it, how many there are, and the units of the escapes it may be written in. */
export interface NeedleCharacter {
  readonly offset: number;
  readonly length: number;
  readonly escapes: readonly (readonly number[])[];
}

/** What a line must hold at least one of, to hold a match. */
export interface Marks {
  readonly needles: readonly Needle[];
  /** UTF-16 units of escapes `\uXXXX`: of a pair, that of its second half. Both are escaped, or none. */
  readonly units: ReadonlySet<number>;
  /** Bytes side by side: the ends of characters that fold with others of another length. */
  readonly pairs: readonly Pair[];
}

/** What a finder has room for. */
export const mostNeedles = 16;
export const mostNeedleBytes = 256;
export const mostPairs = 3;

/** Looks for marks in a chunk of raw bytes that lies in its memory. */
export interface Finder {
  /** Where the chunk is to be put. */
  readonly chunk: Uint8Array;
  /** What to look for from now on. */
  load(marks: Marks): void;
  /**
   * The first place in [from, to) of the chunk where a needle stands, to its end; with needle 0 also escapes and pairs. `to`
   * where there is none.
   */
  find(needle: number, from: number, to: number): number;
}
