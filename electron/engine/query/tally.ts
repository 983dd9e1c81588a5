import type { MetricSummary } from '#shared/model/column.ts';
import { type Bins, outside, type SortedNumbers } from './bins.ts';
import { type Bitset, countBits, countDifferences } from './bitset.ts';
import { Moments } from './moments.ts';
import { meanAndDeviation, medianOf, quantileOf } from './summary.ts';

// Rows, positions, bins and blocks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for.

/** In `binOf`: the row holds no number. */
const noNumber = 0xfffe;
/** Positions in a block: a value of some rank is sought in one of them. */
const smallestBlock = 10;
const mostBlocks = 4096;

/**
 * The numbers of a column that some rows hold: counted in bins, with figures and ranks. It remembers the rows and follows
 * from one set to the next by the rows that came or went, so that a moved brush costs what it moved, not all rows.
 */
export class Tally {
  readonly counts: number[];
  count = 0;
  private readonly kept: Bitset;
  /** By row: its bin, and the block of its position among the sorted numbers. */
  private readonly binOf: Uint16Array;
  private readonly blockOf: Uint16Array;
  private readonly blockShift: number;
  private readonly blockCounts: Uint32Array;
  private readonly moments = new Moments();
  /** Divides values whose squares would overflow. */
  private readonly scale: number;

  constructor(
    private readonly numbers: Float64Array,
    private readonly sorted: SortedNumbers,
    { bins, all }: Bins,
  ) {
    const { rows, values } = sorted;
    this.counts = all.map(() => 0);
    this.kept = new Uint32Array((numbers.length + 31) >>> 5);
    this.binOf = new Uint16Array(numbers.length).fill(noNumber);
    this.blockOf = new Uint16Array(numbers.length);
    this.blockShift = smallestBlock;
    while (values.length >>> this.blockShift >= mostBlocks) this.blockShift++;
    this.blockCounts = new Uint32Array((values.length >>> this.blockShift) + 1);
    for (let i = 0; i < rows.length; i++) {
      this.binOf[rows[i]!] = bins[i]!;
      this.blockOf[rows[i]!] = i >>> this.blockShift;
    }
    const largest = values.length === 0 ? 0 : Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!));
    this.scale = largest > 1e140 ? largest : 1;
  }

  /** From now on of these rows. */
  follow(kept: Bitset): void {
    // Where more rows change than are kept, beginning anew is less work.
    if (countDifferences(this.kept, kept) > countBits(kept)) this.clear();
    const before = this.kept;
    for (let word = 0; word < kept.length; word++) {
      const changed = before[word]! ^ kept[word]!;
      if (changed !== 0) this.change(word << 5, changed, kept[word]!);
    }
    before.set(kept);
  }

  /** `rows` counts them and the rows without a number. */
  summary(rows: number): MetricSummary {
    const { count } = this;
    const missing = rows - count;
    if (count === 0) return { count, missing };
    const min = this.ranked(0);
    const max = this.ranked(count - 1);
    const { mean, std } = this.meanAndDeviation(min, max);
    return { count, missing, mean, ...(std !== undefined && { std }), min, max, median: medianOf(count, (rank) => this.ranked(rank)) };
  }

  /** See quantileOf. */
  quantile(p: number): number {
    return quantileOf(this.count, (rank) => this.ranked(rank), p);
  }

  /** How many of the numbers are at most a value. */
  countUpTo(value: number): number {
    const { values } = this.sorted;
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    const block = low >>> this.blockShift;
    let count = 0;
    for (let i = 0; i < block; i++) count += this.blockCounts[i]!;
    for (let i = block << this.blockShift; i < low; i++) if (this.holds(i)) count++;
    return count;
  }

  private change(firstRow: number, changed: number, kept: number): void {
    const { binOf, blockOf, blockCounts, counts, moments, numbers, scale } = this;
    for (let rest = changed; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      const row = firstRow + bit;
      const bin = binOf[row]!;
      if (bin === noNumber) continue;
      const sign = (kept >>> bit) & 1 ? 1 : -1;
      if (bin !== outside) counts[bin]! += sign;
      blockCounts[blockOf[row]!]! += sign;
      this.count += sign;
      moments.add(scale === 1 ? numbers[row]! : numbers[row]! / scale, sign);
    }
  }

  private clear(): void {
    this.kept.fill(0);
    this.counts.fill(0);
    this.blockCounts.fill(0);
    this.count = 0;
    this.moments.clear();
  }

  /** Number `rank` in ascending order, from 0. */
  private ranked(rank: number): number {
    let left = rank;
    let block = 0;
    while (left >= this.blockCounts[block]!) left -= this.blockCounts[block++]!;
    for (let i = block << this.blockShift; ; i++) if (this.holds(i) && left-- === 0) return this.sorted.values[i]! + 0;
  }

  private holds(position: number): boolean {
    const row = this.sorted.rows[position]!;
    return ((this.kept[row >>> 5]! >>> (row & 31)) & 1) === 1;
  }

  /** Where values are closer together than the sums can tell, from the values themselves. */
  private meanAndDeviation(min: number, max: number): { mean: number; std: number | undefined } {
    const { count, moments, scale } = this;
    const spread = min === max ? 0 : moments.spread(count);
    if (spread === undefined) {
      const { values } = this.sorted;
      return meanAndDeviation(
        values.filter((_, position) => this.holds(position)),
        count,
        min,
        max,
      );
    }
    const std = Math.sqrt(spread / (count - 1)) * scale;
    const mean = Math.min(max, Math.max(min, moments.mean(count) * scale));
    return { mean, std: count > 1 && Number.isFinite(std) ? std : undefined };
  }
}
