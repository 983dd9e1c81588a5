import type { SelectionSummary } from '#shared/model/selection.ts';
import { NO_CODE } from '../index/types.ts';
import { type Bitset, countBits, hasBit, textCodes, type TextCodes } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import type { RankedTasks } from './ranked-tasks.ts';
import { type PairSource, TaskTally } from './task-tally.ts';
import { NO_TASK } from './tasks.ts';

// Rows, tasks and codes are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * What a set of rows is worth to a trainer. It remembers the rows and follows from one set to the next by the tasks of the
 * rows that came or went, so that a moved handle costs what it moved, not all rows.
 */
export class SelectionTally {
  private kept: Bitset;
  private readonly tally: TaskTally;
  private readonly taskOf: Uint32Array;
  /** 1 for tasks that are done in this step. */
  private readonly touched: Uint8Array;
  private readonly agents: TextCodes | undefined;
  private readonly agentCounts: Uint32Array;

  constructor(
    private readonly index: DatasetIndex,
    ranked: RankedTasks,
    private readonly source: PairSource,
  ) {
    this.tally = new TaskTally(ranked, source);
    this.taskOf = index.tasks().taskOf;
    this.touched = new Uint8Array(this.tally.taskCount);
    this.kept = new Uint32Array((index.rowCount + 31) >>> 5);
    this.agents = index.column('agent') && textCodes(index, 'agent');
    this.agentCounts = new Uint32Array(this.agents?.values.length ?? 0);
  }

  /** From now on of these rows, which others do not write to. */
  follow(kept: Bitset): void {
    const before = this.kept;
    const tasks: number[] = [];
    for (let word = 0; word < kept.length; word++) {
      for (let rest = before[word]! ^ kept[word]!; rest !== 0; rest &= rest - 1) {
        const row = (word << 5) | (31 - Math.clz32(rest & -rest));
        this.countAgent(row, hasBit(kept, row) ? 1 : -1);
        const task = this.taskOf[row]!;
        if (task === NO_TASK || this.touched[task] === 1) continue;
        this.touched[task] = 1;
        tasks.push(task);
      }
    }
    // Beyond half of the tasks, beginning anew is less work than taking away and adding.
    const anew = tasks.length * 2 > this.touched.length;
    if (anew) this.tally.clear();
    else for (let i = 0; i < tasks.length; i++) this.tally.add(tasks[i]!, before, -1);
    if (anew) for (let task = 0; task < this.touched.length; task++) this.tally.add(task, kept, 1);
    else for (let i = 0; i < tasks.length; i++) this.tally.add(tasks[i]!, kept, 1);
    for (let i = 0; i < tasks.length; i++) this.touched[tasks[i]!] = 0;
    this.kept = kept;
  }

  summary(): SelectionSummary {
    const { tasks, alive, single, measured, good, bestWorst, all, splitBestWorst, splitAll } = this.tally;
    const { margin, passMark, apart } = this.source;
    const tokens = sumOf(this.index, 'tokens', this.kept);
    return {
      rollouts: countBits(this.kept),
      tasks,
      ...(tokens !== undefined && { tokens }),
      groupsWithSignal: alive,
      groupsAllEqual: tasks - alive - single,
      groupsSingle: single,
      ...(apart && { pairs: { margin, bestWorst, all, split: { bestWorst: splitBestWorst, all: splitAll } } }),
      labels: { passMark, good, bad: measured - good },
      agents: this.agentShares(),
    };
  }

  /** Rows without an agent are in no share. */
  private countAgent(row: number, sign: 1 | -1): void {
    const code = this.agents?.codes[row] ?? NO_CODE;
    if (code !== NO_CODE) this.agentCounts[code]! += sign;
  }

  private agentShares(): SelectionSummary['agents'] {
    return (this.agents?.values ?? [])
      .map((agent, code) => ({ agent, rollouts: this.agentCounts[code]! }))
      .filter(({ rollouts }) => rollouts > 0)
      .sort((a, b) => b.rollouts - a.rollouts);
  }
}

/** In the order of the rows, so that the sum is the same whichever way led there. Undefined when no row has a finite number. */
function sumOf(index: DatasetIndex, name: string, bits: Bitset): number | undefined {
  const numbers = index.column(name)?.numbers();
  if (!numbers) return undefined;
  let sum = 0;
  let any = false;
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      const value = numbers[(word << 5) | (31 - Math.clz32(rest & -rest))]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      any = true;
    }
  }
  return any ? sum : undefined;
}
