import { memoInSteps } from '../query/index.ts';
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

const tasksPerStep = 4096;
/** Longer lists are left to the sort of the platform. */
const shortList = 64;

const ordered = memoInSteps<DatasetIndex, 'all', OrderedTasks>(1, function* (index) {
  const tasks = index.tasks();
  const rollouts = index.column('rollout')?.numbers();
  const starts = new Uint32Array(tasks.count + 1);
  const rows = new Uint32Array(index.rowCount);
  let filled = 0;
  for (let task = 0; task < tasks.count; task++) {
    const own = tasks.rowsOf(task);
    rows.set(own, filled);
    if (rollouts) sortByRollout(rows.subarray(filled, filled + own.length), rollouts);
    starts[task + 1] = filled += own.length;
    if (task % tasksPerStep === tasksPerStep - 1) yield;
  }
  return { starts, rows: rows.subarray(0, filled), rollouts };
});

export function orderedTasks(index: DatasetIndex): OrderedTasks {
  return ordered(index, 'all');
}

/** The same, yielding now and then. */
export function orderedTasksInSteps(index: DatasetIndex): Generator<void, OrderedTasks> {
  return ordered.steps(index, 'all');
}

function sortByRollout(rows: Uint32Array, rollouts: Float64Array): void {
  if (rows.length > shortList) {
    rows.sort((a, b) => (isAfter(rollouts[a]!, rollouts[b]!) ? 1 : isAfter(rollouts[b]!, rollouts[a]!) ? -1 : a - b));
    return;
  }
  // Insertion: groups are short, mostly in order, and rows of one rollout stay as they stand.
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    const rollout = rollouts[row]!;
    let at = i;
    for (; at > 0 && isAfter(rollouts[rows[at - 1]!]!, rollout); at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
  }
}

function isAfter(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}
