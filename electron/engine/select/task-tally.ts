import { type Bitset, hasBit } from '../query/index.ts';
import { signalTolerance } from './groups.ts';
import { likeness } from './identity.ts';
import { countAcross, countPairs, countPairsOfRequest, isFarApart } from './pair-counts.ts';
import type { RolloutIdentity } from './pairs.ts';
import type { RankedTasks } from './ranked-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What is needed to count the pairs and labels of a task. */
export interface PairSource {
  /** Without it no pairs are counted. `likeness`: of each task, see identity.ts. */
  readonly apart: { readonly identity: RolloutIdentity; readonly likeness: Uint8Array } | undefined;
  readonly margin: number;
  readonly passMark: number;
}

/** Figures that add up over tasks, of those rollouts of each that are kept. */
export class TaskTally {
  tasks = 0;
  alive = 0;
  single = 0;
  measured = 0;
  good = 0;
  bestWorst = 0;
  all = 0;
  splitBestWorst = 0;
  splitAll = 0;
  private readonly kept: { readonly rows: Uint32Array; readonly values: Float64Array; count: number };

  constructor(
    private readonly ranked: RankedTasks,
    private readonly source: PairSource,
  ) {
    this.kept = { rows: new Uint32Array(ranked.largest), values: new Float64Array(ranked.largest), count: 0 };
  }

  get taskCount(): number {
    return this.ranked.starts.length - 1;
  }

  clear(): void {
    this.tasks = this.alive = this.single = this.measured = this.good = 0;
    this.bestWorst = this.all = this.splitBestWorst = this.splitAll = 0;
  }

  /** Adds a task with the rollouts that `bits` keep, or takes it away again (`sign` -1). */
  add(task: number, bits: Bitset, sign: 1 | -1): void {
    const { passMark, margin, apart } = this.source;
    const { size, good } = this.collect(task, bits);
    if (size === 0) return;
    const { values, count } = this.kept;
    this.tasks += sign;
    this.measured += sign * count;
    this.good += sign * good;
    const spread = count < 2 ? 0 : values[count - 1]! - values[0]!;
    if (count < 2) this.single += sign;
    else if (spread > signalTolerance) this.alive += sign;
    if (!apart || !isFarApart(spread, margin)) return;
    const like = apart.likeness[task];
    if (like === likeness.alike) return;
    if (like === likeness.apart) this.addPlainPairs(count - good, good, sign);
    else {
      const count = like === likeness.someAlike ? countPairsOfRequest : countPairs;
      const pairs = count(this.kept, apart.identity, margin, passMark);
      this.bestWorst += sign * pairs.bestWorst;
      this.all += sign * pairs.all;
      this.splitBestWorst += sign * pairs.split.bestWorst;
      this.splitAll += sign * pairs.split.all;
    }
  }

  /** Values of a task are ascending, so that the first and the last one that are kept are its extremes. */
  private collect(task: number, bits: Bitset): { size: number; good: number } {
    const { starts, rows, values } = this.ranked;
    const { kept } = this;
    const { passMark } = this.source;
    let size = 0;
    let good = 0;
    kept.count = 0;
    for (let i = starts[task]!, end = starts[task + 1]!; i < end; i++) {
      const row = rows[i]!;
      if (!hasBit(bits, row)) continue;
      size++;
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      kept.rows[kept.count] = row;
      kept.values[kept.count++] = value;
      if (value >= passMark) good++;
    }
    return { size, good };
  }

  /** Of a task whose extremes are far enough apart, any two of whose rollouts may be a pair. */
  private addPlainPairs(bad: number, good: number, sign: 1 | -1): void {
    const { values, count } = this.kept;
    const { margin } = this.source;
    this.bestWorst += sign;
    for (let better = 1, worse = 0; better < count; better++) {
      while (isFarApart(values[better]! - values[worse]!, margin)) worse++;
      this.all += sign * worse;
    }
    if (bad === 0 || good === 0) return;
    this.splitBestWorst += sign;
    this.splitAll += sign * countAcross(values, bad, count, margin);
  }
}
