// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** Many sums at once, each by Neumaier: what adding loses is kept and added at the end. */
export class Sums {
  private totals = new Float64Array(8);
  private lost = new Float64Array(8);
  private counts = new Float64Array(8);

  /** Adds `value` to sum number `at`, and counts it. */
  add(at: number, value: number): void {
    if (at >= this.totals.length) this.reserve(at + 1);
    const total = this.totals[at]!;
    const next = total + value;
    this.lost[at]! += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    this.totals[at] = next;
    this.counts[at]!++;
  }

  sum(at: number): number {
    return (this.totals[at] ?? 0) + (this.lost[at] ?? 0);
  }

  /** Values added to sum number `at`. */
  count(at: number): number {
    return this.counts[at] ?? 0;
  }

  private reserve(size: number): void {
    const larger = (from: Float64Array) => {
      const to = new Float64Array(Math.max(size, from.length * 2));
      to.set(from);
      return to;
    };
    this.totals = larger(this.totals);
    this.lost = larger(this.lost);
    this.counts = larger(this.counts);
  }
}
