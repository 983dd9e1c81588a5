import type { RowIndex } from '../index/types.ts';
import { taskLabel, TaskKeyReader } from './task-key.ts';

/** In `TaskTable.taskOf`: the line is no rollout. */
export const NO_TASK = 0xffff_ffff;

/** Each may have to be read and parsed. */
const rowsPerStep = 16;

/** The tasks of all rows, numbered in the order in which they first occur. */
export interface TaskTable {
  readonly count: number;
  readonly taskOf: Uint32Array;
  label(task: number): string;
  /** Rollouts of a task, ascending. */
  rowsOf(task: number): Uint32Array;
}

/** Numbers the tasks of an index and goes on where it stopped when the index has grown. */
export class TaskNumbering {
  private readonly numbers = new Map<string, Map<string | number, number>>();
  private readonly labels: string[] = [];
  private taskOf = new Uint32Array(1024);
  private done = 0;

  constructor(private readonly index: RowIndex) {}

  table(): TaskTable {
    const reading = this.readOn();
    while (!reading.next().done);
    const { labels } = this;
    const taskOf = this.taskOf.subarray(0, this.done);
    const count = labels.length;
    let rowLists: RowLists | undefined;
    return {
      count,
      taskOf,
      label: (task) => labels[task] ?? '',
      rowsOf: (task) => {
        rowLists ??= listRows(taskOf, count);
        return rowLists.rows.subarray(rowLists.starts[task], rowLists.starts[task + 1]);
      },
    };
  }

  /** Numbers the rows there are now. Yields now and then, so that the caller may do other things; `table` does the rest at once. */
  *readOn(): Generator<void, void> {
    const { rowCount } = this.index;
    if (this.done >= rowCount) return;
    if (this.taskOf.length < rowCount) {
      const larger = new Uint32Array(Math.max(rowCount, this.taskOf.length * 2));
      larger.set(this.taskOf);
      this.taskOf = larger;
    }
    const valid = this.index.valid();
    const reader = new TaskKeyReader(this.index);
    while (this.done < rowCount) {
      this.taskOf[this.done] = valid[this.done] === 1 ? this.numberOf(reader, this.done) : NO_TASK;
      if (++this.done % rowsPerStep === 0) yield;
    }
  }

  private numberOf(reader: TaskKeyReader, row: number): number {
    const key = reader.read(row);
    let inScope = this.numbers.get(key.scope);
    if (!inScope) this.numbers.set(key.scope, (inScope = new Map<string | number, number>()));
    const known = inScope.get(key.name);
    if (known !== undefined) return known;
    inScope.set(key.name, this.labels.length);
    return this.labels.push(taskLabel(key)) - 1;
  }
}

interface RowLists {
  /** Where the rows of each task begin in `rows`; one more at the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** A counting sort by task. Rows and tasks are below their arrays' lengths, so entries are never undefined (`!`). */
function listRows(taskOf: Uint32Array, count: number): RowLists {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < taskOf.length; row++) if (taskOf[row] !== NO_TASK) starts[taskOf[row]! + 1]!++;
  for (let task = 0; task < count; task++) starts[task + 1]! += starts[task]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts[count]!);
  for (let row = 0; row < taskOf.length; row++) if (taskOf[row] !== NO_TASK) rows[next[taskOf[row]!]!++] = row;
  return { starts, rows };
}
