import type { Finder, Marks, Needle } from './types.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** The finder byte by byte: where there is no SIMD, and what the other is compared with. */
export class PlainFinder implements Finder {
  readonly chunk = new Uint8Array(256 << 10);
  private marks: Marks = { needles: [], units: new Set(), pairs: [] };

  load(marks: Marks): void {
    this.marks = marks;
  }

  find(number: number, from: number, to: number): number {
    const needle = this.marks.needles[number]!;
    for (let at = from; at < to; at++) {
      if (this.isNeedle(needle, at, to)) return at;
      if (number === 0 && (this.isEscape(at, to) || this.isPair(at, to))) return at;
    }
    return to;
  }

  private isNeedle({ masks, values }: Needle, at: number, to: number): boolean {
    if (at + values.length > to) return false;
    for (let i = 0; i < values.length; i++) if ((this.chunk[at + i]! | masks[i]!) !== values[i]) return false;
    return true;
  }

  private isEscape(at: number, to: number): boolean {
    if (at + 6 > to || this.chunk[at] !== 0x5c || this.chunk[at + 1] !== 0x75) return false;
    return this.marks.units.has(Number.parseInt(String.fromCharCode(...this.chunk.subarray(at + 2, at + 6)), 16));
  }

  private isPair(at: number, to: number): boolean {
    const [lead, first, second] = [this.chunk[at - 1], this.chunk[at], this.chunk[at + 1]];
    return at + 2 <= to && this.marks.pairs.some((pair) => pair[0] === first && pair[1] === second && (pair[2] === 0 || pair[2] === lead));
  }
}
