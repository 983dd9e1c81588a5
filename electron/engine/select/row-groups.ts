import { NO_TASK } from './tasks.ts';

// Rows and groups are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Rows by task: the rows of group `g` are `rows[starts[g]]` to `rows[starts[g + 1]]`, in the order given. */
export interface RowGroups {
  /** The task of each group, ascending; only tasks that have rows. */
  readonly tasks: Uint32Array;
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Divides rows by their task. `taskOf` is by row; rows of no task are left out. */
export function groupRows(rows: Uint32Array, taskOf: Uint32Array): RowGroups {
  let limit = 0;
  for (let i = 0; i < rows.length; i++) {
    const task = taskOf[rows[i]!]!;
    if (task !== NO_TASK && task >= limit) limit = task + 1;
  }
  const next = new Uint32Array(limit + 1);
  for (let i = 0; i < rows.length; i++) {
    const task = taskOf[rows[i]!]!;
    if (task !== NO_TASK) next[task + 1]!++;
  }
  const tasks = new Uint32Array(limit);
  const starts = new Uint32Array(limit + 1);
  let count = 0;
  for (let task = 0; task < limit; task++) {
    if (next[task + 1]! > 0) {
      starts[count] = next[task]!;
      tasks[count++] = task;
    }
    next[task + 1]! += next[task]!;
  }
  const total = next[limit]!;
  starts[count] = total;
  const grouped = new Uint32Array(total);
  for (let i = 0; i < rows.length; i++) {
    const task = taskOf[rows[i]!]!;
    if (task !== NO_TASK) grouped[next[task]!++] = rows[i]!;
  }
  return { tasks: tasks.subarray(0, count), starts: starts.subarray(0, count + 1), rows: grouped };
}

/** The rows of each group in turn. */
export function* eachGroup({ tasks, starts, rows }: RowGroups): Generator<{ task: number; rows: Uint32Array }> {
  for (let group = 0; group < tasks.length; group++) yield { task: tasks[group]!, rows: rows.subarray(starts[group], starts[group + 1]) };
}
