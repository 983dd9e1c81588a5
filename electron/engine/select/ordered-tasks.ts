import { untilGrown } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** All rollouts by task, and within a task by rollout index, those without one at its end, then as in the files. */
export interface OrderedTasks {
  /** Where the rows of each task begin; one more at the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  /** By row; undefined where no row has a rollout index. */
  readonly rollouts: Float64Array | undefined;
}

export const orderedTasks = untilGrown((index: DatasetIndex): OrderedTasks => {
  const tasks = index.tasks();
  const rollouts = index.column('rollout')?.numbers();
  const starts = new Uint32Array(tasks.count + 1);
  const rows = new Uint32Array(index.rowCount);
  let filled = 0;
  for (let task = 0; task < tasks.count; task++) {
    const own = tasks.rowsOf(task);
    rows.set(rollouts && !isAscending(own, rollouts) ? byRollout(own, rollouts) : own, filled);
    starts[task + 1] = filled += own.length;
  }
  return { starts, rows: rows.subarray(0, filled), rollouts };
});

function isAscending(rows: Uint32Array, rollouts: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) if (!(rollouts[rows[i - 1]!]! <= rollouts[rows[i]!]!)) return false;
  return true;
}

function byRollout(rows: Uint32Array, rollouts: Float64Array): Uint32Array {
  const place = (row: number): number => (Number.isNaN(rollouts[row]!) ? Infinity : rollouts[row]!);
  return rows.slice().sort((a, b) => (place(a) === place(b) ? a - b : place(a) < place(b) ? -1 : 1));
}
