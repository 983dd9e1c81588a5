import type { RowIndex } from '../index/types.ts';
import { NameNumbers } from './name-numbers.ts';
import { type Grouping, isOfLine, isOwnTask, type TaskKey, taskLabel, TaskKeyReader } from './task-key.ts';

/** In `TaskTable.taskOf`: the line is no rollout. */
export const NO_TASK = 0xffff_ffff;

/** Of rows whose fields name the task. A row whose line is read is a step of its own. */
const rowsPerStep = 256;

/** The tasks of all rows, numbered in the order in which they first occur. */
export interface TaskTable {
  readonly count: number;
  readonly taskOf: Uint32Array;
  /** What people see of a task; where a hash names it, its first line is read. */
  label(task: number): string;
  /** Rollouts of a task, ascending. */
  rowsOf(task: number): Uint32Array;
}

/** Numbers the tasks of an index and goes on where it stopped when the index has grown. */
export class TaskNumbering {
  private readonly numbers = new Map<string, NameNumbers>();
  private readonly firstRows = new GrowingNumbers();
  private taskOf = new Uint32Array(1024);
  private done = 0;
  /** Of the index's rewritten rows, those that are numbered as they are now. */
  private rewritten = 0;

  constructor(
    private readonly index: RowIndex,
    private readonly grouping?: Grouping,
  ) {}

  table(): TaskTable {
    const reading = this.readOn();
    while (!reading.next().done);
    const firstRows = this.firstRows.values();
    const taskOf = this.taskOf.subarray(0, this.done);
    const count = firstRows.length;
    const reader = new TaskKeyReader(this.index, this.grouping);
    let rowLists: RowLists | undefined;
    return {
      count,
      taskOf,
      label: (task) => taskLabel(reader.read(firstRows[task] ?? 0)),
      rowsOf: (task) => {
        rowLists ??= listRows(taskOf, count);
        return rowLists.rows.subarray(rowLists.starts[task], rowLists.starts[task + 1]);
      },
    };
  }

  /** Numbers the rows there are now. Yields now and then, so that the caller may do other things; `table` does the rest at once. */
  *readOn(): Generator<void, void> {
    const { rowCount } = this.index;
    this.renumber();
    if (this.done >= rowCount) return;
    if (this.taskOf.length < rowCount) {
      const larger = new Uint32Array(Math.max(rowCount, this.taskOf.length * 2));
      larger.set(this.taskOf);
      this.taskOf = larger;
    }
    const valid = this.index.valid();
    const reader = new TaskKeyReader(this.index, this.grouping);
    while (this.done < rowCount) {
      const row = this.done;
      const key = valid[row] === 1 ? reader.read(row) : undefined;
      this.taskOf[row] = key ? this.numberOf(key, row) : NO_TASK;
      this.done++;
      if (this.done % rowsPerStep === 0 || (key && isOfLine(key))) yield;
    }
  }

  /** A line that had been read before its end was there is mostly no rollout yet, and then of no task. */
  private renumber(): void {
    const { rewrittenRows } = this.index;
    const rows = rewrittenRows.slice(this.rewritten).filter((row) => row < this.done);
    this.rewritten = rewrittenRows.length;
    if (rows.length === 0) return;
    if (rows.some((row) => this.taskOf[row] !== NO_TASK)) {
      this.numbers.clear();
      this.firstRows.clear();
      this.done = 0;
      return;
    }
    const valid = this.index.valid();
    const reader = new TaskKeyReader(this.index, this.grouping);
    for (const row of rows) if (valid[row] === 1 && this.taskOf[row] === NO_TASK) this.taskOf[row] = this.numberOf(reader.read(row), row);
  }

  private numberOf(key: TaskKey, row: number): number {
    if (isOwnTask(key)) return this.firstRows.push(row);
    let inScope = this.numbers.get(key.scope);
    if (!inScope) this.numbers.set(key.scope, (inScope = new NameNumbers()));
    const known = inScope.get(key.name);
    if (known !== undefined) return known;
    const number = this.firstRows.push(row);
    inScope.set(key.name, number);
    return number;
  }
}

class GrowingNumbers {
  private numbers = new Uint32Array(1024);
  private length = 0;

  /** Answers the position of the number. */
  push(number: number): number {
    if (this.length === this.numbers.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length] = number;
    return this.length++;
  }

  /** Numbers that were given out before stay as they are. */
  clear(): void {
    this.numbers = new Uint32Array(1024);
    this.length = 0;
  }

  /** What was pushed so far; later numbers do not change it. */
  values(): Uint32Array {
    return this.numbers.subarray(0, this.length);
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
