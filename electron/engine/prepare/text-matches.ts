import type { Pattern } from '#shared/model/expression/index.ts';
import type { Bitset } from '../query/index.ts';
import type { LineFact } from './line-fact.ts';

/** The rollouts in one of whose texts a pattern is found. */
export class TextMatches implements LineFact {
  done = 0;
  private words = new Uint32Array(0);

  constructor(readonly pattern: Pattern) {}

  reserve(rows: number): void {
    const length = (rows + 31) >>> 5;
    if (this.words.length >= length) return;
    const larger = new Uint32Array(Math.max(length, this.words.length * 2));
    larger.set(this.words);
    this.words = larger;
  }

  /** Takes the lines of a block of rows in which it was found. */
  take(rows: Uint32Array, found: readonly number[]): void {
    for (const line of found) {
      const row = rows[line] ?? 0;
      this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) | (1 << (row & 31));
    }
  }

  rows(): Bitset {
    const bits = new Uint32Array((this.done + 31) >>> 5);
    bits.set(this.words.subarray(0, bits.length));
    return bits;
  }
}
