import { defaultPassMark } from '#shared/model/pass-mark.ts';
import type { Column } from '../index/types.ts';
import { gymPassAtK } from './chances.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { denseColumn, denseNumbers } from './dense-column.ts';
import { missingOf } from './group-plan.ts';
import { orderedTasks } from './ordered-tasks.ts';
import { signalTolerance } from './signal-tolerance.ts';
import { type GroupFigure, type Operand, printOperand } from '#shared/model/expression/index.ts';
import { operandColumn } from '../query/index.ts';
import { NO_TASK, type TaskTable } from './tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export { signalTolerance };

/** Figures of each task over some of its rows. Only finite values of the metric count; `size` counts all rows. */
export interface TaskFigures {
  readonly size: Uint32Array;
  readonly count: Uint32Array;
  /** NaN where a task has no value. */
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Figures of all tasks over the given rows. `metric` has a number for each row of the index, NaN where there is none. */
export function taskFigures(tasks: TaskTable, rows: Uint32Array, metric: Float64Array | undefined): TaskFigures {
  const size = new Uint32Array(tasks.count);
  const count = new Uint32Array(tasks.count);
  const min = new Float64Array(tasks.count).fill(Number.NaN);
  const max = new Float64Array(tasks.count).fill(Number.NaN);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const task = tasks.taskOf[row]!;
    if (task === NO_TASK) continue;
    size[task]!++;
    const value = metric?.[row] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (count[task]!++ === 0) min[task] = max[task] = value;
    else if (value < min[task]!) min[task] = value;
    else if (value > max[task]!) max[task] = value;
  }
  return { size, count, min, max };
}

/** At least two values, further apart than the tolerance. */
export function hasSignal(figures: TaskFigures, task: number): boolean {
  return figures.count[task]! >= 2 && figures.max[task]! - figures.min[task]! > signalTolerance;
}

/** The tasks that have any of the rows: with a signal, with two or more values but none, and with fewer than two values. */
export function groupCounts(figures: TaskFigures): { tasks: number; withSignal: number; allEqual: number; single: number } {
  const counts = { tasks: 0, withSignal: 0, allEqual: 0, single: 0 };
  figures.size.forEach((size, task) => {
    if (size === 0) return;
    counts.tasks++;
    if (hasSignal(figures, task)) counts.withSignal++;
    else if (figures.count[task]! >= 2) counts.allEqual++;
    else counts.single++;
  });
  return counts;
}

type GroupOperand = Extract<Operand, { kind: 'group' }>;

/** A figure of each row's task over all rollouts of it, by reward or by what it names. `std` is the sample deviation (n - 1). */
export function groupColumn(index: DatasetIndex, operand: GroupOperand): Column {
  const { figure, of } = operand;
  const tasks = index.tasks();
  const metric = of === undefined ? index.column('reward')?.numbers() : operandColumn(index, of).numbers();
  const k = kOf(figure);
  const perTask =
    figure === 'missing' ? missingOfTasks(index) : k === undefined ? figureOfTasks(tasks, metric, figure) : passOfTasks(index, metric, k);
  const numbers = new Float64Array(tasks.taskOf.length).map((_, row) => perTask[tasks.taskOf[row]!] ?? Number.NaN);
  const kind = figure === 'signal' ? 'boolean' : 'number';
  const values = denseNumbers(numbers, kind);
  return denseColumn({
    name: printOperand(operand),
    kind,
    counts: () => {
      const rollouts = tasks.taskOf.reduce((count, task) => count + (task === NO_TASK ? 0 : 1), 0);
      const present = numbers.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
      return { present, missing: rollouts - present };
    },
    values: () => values,
    cell: (row) => {
      const value = numbers[row];
      if (value === undefined || Number.isNaN(value)) return undefined;
      return kind === 'boolean' ? value === 1 : value;
    },
  });
}

/** Of `pass@k`; undefined for another figure. */
function kOf(figure: GroupFigure): number | undefined {
  const k = /^pass@(\d+)$/.exec(figure)?.[1];
  return k === undefined ? undefined : Number(k);
}

/** No task has it where no plan is known. */
function missingOfTasks(index: DatasetIndex): Float64Array {
  const plan = index.plan();
  return new Float64Array(index.tasks().count).map((_, task) => missingOf(index, task, plan)?.missing ?? Number.NaN);
}

function passOfTasks(index: DatasetIndex, metric: Float64Array | undefined, k: number): Float64Array {
  const { starts, rows } = orderedTasks(index);
  return new Float64Array(starts.length - 1).map((_, task) => {
    const own = Array.from(rows.subarray(starts[task], starts[task + 1]), (row) => metric?.[row] ?? Number.NaN);
    return gymPassAtK(own.filter(Number.isFinite), k) ?? Number.NaN;
  });
}

/** One number a task, NaN where it has none. */
function figureOfTasks(tasks: TaskTable, metric: Float64Array | undefined, figure: GroupFigure): Float64Array {
  const figures = taskFigures(
    tasks,
    new Uint32Array(tasks.taskOf.length).map((_, row) => row),
    metric,
  );
  switch (figure) {
    case 'size':
      return Float64Array.from(figures.size);
    case 'count':
      return Float64Array.from(figures.count);
    case 'min':
      return figures.min;
    case 'max':
      return figures.max;
    case 'signal':
      return Float64Array.from(figures.size, (_, task) => (hasSignal(figures, task) ? 1 : 0));
    case 'mean':
      return means(tasks, metric, figures);
    case 'std':
      return deviations(tasks, metric, figures);
    case 'passed':
      return passed(tasks, metric, figures);
    default:
      throw new Error(`${figure} is worked out by itself`);
  }
}

/** Rollouts of each task whose value reaches the pass mark. */
function passed(tasks: TaskTable, metric: Float64Array | undefined, figures: TaskFigures): Float64Array {
  const mark = metric ? defaultPassMark(metric) : Number.NaN;
  const counts = new Float64Array(tasks.count);
  addUp(tasks, metric, counts, (value) => (value >= mark ? 1 : 0));
  return counts.map((count, task) => (figures.count[task]! > 0 ? count : Number.NaN));
}

function means(tasks: TaskTable, metric: Float64Array | undefined, figures: TaskFigures): Float64Array {
  const sums = new Float64Array(tasks.count);
  addUp(tasks, metric, sums, (value) => value);
  // Rounding never carries the mean of equal values beyond them; without values 0 / 0 is NaN.
  return sums.map((sum, task) => Math.min(figures.max[task]!, Math.max(figures.min[task]!, sum / figures.count[task]!)));
}

function deviations(tasks: TaskTable, metric: Float64Array | undefined, figures: TaskFigures): Float64Array {
  const mean = means(tasks, metric, figures);
  const squares = new Float64Array(tasks.count);
  addUp(tasks, metric, squares, (value, task) => (value - mean[task]!) ** 2);
  return squares.map((sum, task) => (figures.count[task]! >= 2 ? Math.sqrt(sum / (figures.count[task]! - 1)) : Number.NaN));
}

function addUp(tasks: TaskTable, metric: Float64Array | undefined, into: Float64Array, of: (value: number, task: number) => number): void {
  if (!metric) return;
  for (let row = 0; row < tasks.taskOf.length; row++) {
    const task = tasks.taskOf[row]!;
    const value = metric[row]!;
    if (task !== NO_TASK && Number.isFinite(value)) into[task]! += of(value, task);
  }
}
