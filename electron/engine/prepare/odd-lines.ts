import { oddBit, type OddFound, type OddKind, oddKinds } from '../odd-json/index.ts';
import type { LineFact } from './line-fact.ts';

/** What is odd in the lines of rollouts. */
export class OddLines implements LineFact {
  done = 0;
  private bits = new Uint8Array(0);
  private readonly counts = oddKinds.map(() => 0);

  reserve(rows: number): void {
    if (this.bits.length >= rows) return;
    const larger = new Uint8Array(Math.max(rows, this.bits.length * 2));
    larger.set(this.bits);
    this.bits = larger;
  }

  take(rows: Uint32Array, found: OddFound): void {
    found.lines.forEach((line, i) => (this.bits[rows[line] ?? 0] = found.bits[i] ?? 0));
    found.counts.forEach((count, i) => (this.counts[i] = (this.counts[i] ?? 0) + count));
  }

  has(kind: OddKind, row: number): boolean {
    return row < this.done && ((this.bits[row] ?? 0) & oddBit(kind)) !== 0;
  }

  count(kind: OddKind): number {
    return this.counts[oddKinds.indexOf(kind)] ?? 0;
  }
}
