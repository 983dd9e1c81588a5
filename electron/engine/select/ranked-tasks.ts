import { defaultPassMark } from '#shared/model/pass-mark.ts';
import { bytesPerRow, memo, metricNumbers, type QueryIndex, sortedNumberRows } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { groupRows } from './row-groups.ts';
import { NO_TASK } from './tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * All rollouts by task, and within a task by the metric, ascending, those without a finite value at its end: in this order
 * one pass answers for any filter what its groups are.
 */
export interface RankedTasks {
  /** Where the rows of each task begin; one more at the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  /** By position in `rows`; NaN where there is no finite value. */
  readonly values: Float64Array;
  /** Rollouts of the largest task. */
  readonly largest: number;
}

/** Sorts once for a metric; a column that does not exist has no values. */
export const rankedTasks = memo(bytesPerRow(12), (index: DatasetIndex, metric: string): RankedTasks => {
  const { taskOf, count } = index.tasks();
  const numbers = metricNumbers(index, metric);
  const order = new Uint32Array(index.rowCount);
  let filled = 0;
  if (numbers) {
    const sorted = sortedNumberRows(index, metric);
    for (let i = 0; i < sorted.length; i++) if (Number.isFinite(numbers[sorted[i]!]!)) order[filled++] = sorted[i]!;
  }
  for (let row = 0; row < index.rowCount; row++)
    if (taskOf[row] !== NO_TASK && !(numbers && Number.isFinite(numbers[row]!))) order[filled++] = row;
  const { tasks, starts, rows } = groupRows(order.subarray(0, filled), taskOf);
  if (tasks.length !== count) throw new Error('every task has a rollout');
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = numbers ? numbers[rows[i]!]! : Number.NaN;
    values[i] = Number.isFinite(value) ? value : Number.NaN;
  }
  let largest = 0;
  for (let task = 0; task < count; task++) largest = Math.max(largest, starts[task + 1]! - starts[task]!);
  return { starts, rows, values, largest };
});

/** The pass mark of a metric over all rollouts, so that no filter moves it. */
export const passMarkOf = memo(16, (index: QueryIndex, metric: string): number => {
  const numbers = metricNumbers(index, metric);
  return numbers ? defaultPassMark(numbers) : 0.5;
});
