import type { GroupFigureName } from '#shared/model/group.ts';
import type { Filter } from '#shared/model/query.ts';
import { type Bitset, filterBits, hasBit, meanAndDeviation, memoInSteps, metricNumbers } from '../query/index.ts';
import { gymPassAtK } from './chances.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { type OrderedTasks, orderedTasksInSteps } from './ordered-tasks.ts';
import { signalTolerance } from './groups.ts';
import { passMarkOf, type RankedTasks, rankedTasks } from './ranked-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What the figures of groups are of. */
export interface Measure {
  readonly filter: Filter;
  readonly metric: string;
  /** Of pass@k. */
  readonly k: number;
  readonly passMark: number;
  /** Values that differ by no more carry no signal. */
  readonly tolerance: number;
}

export interface MeasureRequest extends Omit<Measure, 'passMark' | 'tolerance'> {
  /** By default that of the metric over all rollouts. */
  readonly passMark?: number | undefined;
  /** By default that of the signal everywhere else. */
  readonly tolerance?: number | undefined;
}

export function measureOf(index: DatasetIndex, { filter, metric, k, passMark, tolerance }: MeasureRequest): Measure {
  return { filter, metric, k, passMark: passMark ?? passMarkOf(index, metric), tolerance: tolerance ?? signalTolerance };
}

/** Figures of each task over the rollouts that a filter keeps, NaN where it has none; size 0 where no row is kept. */
export interface GroupFigures {
  /** Rollouts, those of them with a value, and those of these that reach the pass mark. */
  readonly size: Uint32Array;
  readonly count: Uint32Array;
  readonly passed: Uint32Array;
  /** 1 where all values are 0 or 1. */
  readonly binary: Uint8Array;
  readonly mean: Float64Array;
  /** Sample deviation (n - 1). */
  readonly std: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** As Gym has them: of binary values the chance that one of k passes, else the best of the first k. */
  readonly passAt1: Float64Array;
  readonly passAtK: Float64Array;
  readonly tolerance: number;
}

const tasksPerStep = 2048;

/** One pass over the tasks, in steps; kept until the index grows. */
export const groupFigures = memoInSteps(2, measureTasks, JSON.stringify);

function* measureTasks(index: DatasetIndex, { filter, metric, k, passMark, tolerance }: Measure): Generator<void, GroupFigures> {
  const ranked = rankedTasks(index, metric);
  yield;
  const ordered = yield* orderedTasksInSteps(index);
  const bits = filterBits(index, filter);
  yield;
  const numbers = metricNumbers(index, metric);
  const tasks = ranked.starts.length - 1;
  const figures = { ...blankFigures(tasks), tolerance };
  const kept = new Float64Array(ranked.largest);
  for (let task = 0; task < tasks; task++) {
    measureTask(figures, task, kept, ranked, bits, passMark);
    if (figures.count[task]! > 0) {
      const values = keptValues(ordered, task, bits, numbers);
      figures.passAt1[task] = gymPassAtK(values, 1) ?? Number.NaN;
      figures.passAtK[task] = gymPassAtK(values, k) ?? Number.NaN;
    }
    if (task % tasksPerStep === tasksPerStep - 1) yield;
  }
  return figures;
}

function blankFigures(tasks: number): Omit<GroupFigures, 'tolerance'> {
  const make = (): Float64Array => new Float64Array(tasks).fill(Number.NaN);
  return {
    size: new Uint32Array(tasks),
    count: new Uint32Array(tasks),
    passed: new Uint32Array(tasks),
    binary: new Uint8Array(tasks),
    mean: make(),
    std: make(),
    min: make(),
    max: make(),
    passAt1: make(),
    passAtK: make(),
  };
}

/** `kept` is room for the values of the largest task. */
function measureTask(
  figures: GroupFigures,
  task: number,
  kept: Float64Array,
  { starts, rows, values }: RankedTasks,
  bits: Bitset,
  passMark: number,
): void {
  let [size, count, sum, passed, isBinary] = [0, 0, 0, 0, 1];
  for (let i = starts[task]!, end = starts[task + 1]!; i < end; i++) {
    if (!hasBit(bits, rows[i]!)) continue;
    size++;
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    kept[count++] = value;
    sum += value;
    if (value >= passMark) passed++;
    if (value !== 0 && value !== 1) isBinary = 0;
  }
  figures.size[task] = size;
  figures.count[task] = count;
  figures.passed[task] = passed;
  figures.binary[task] = isBinary;
  if (count === 0) return;
  const [min, max] = [kept[0]!, kept[count - 1]!];
  const mean = Math.min(max, Math.max(min, sum / count)); // rounding never carries it beyond equal values
  figures.min[task] = min;
  figures.max[task] = max;
  figures.mean[task] = mean;
  if (count < 2) return;
  let squares = 0;
  for (let j = 0; j < count; j++) squares += (kept[j]! - mean) ** 2;
  figures.std[task] = Math.sqrt(squares / (count - 1));
  if (Number.isFinite(figures.std[task])) return;
  const careful = meanAndDeviation(kept, count, min, max);
  figures.mean[task] = careful.mean;
  figures.std[task] = careful.std ?? Number.NaN;
}

/** The values of a task that a filter keeps, by rollout index. */
function keptValues({ starts, rows }: OrderedTasks, task: number, bits: Bitset, numbers: Float64Array | undefined): number[] {
  const values: number[] = [];
  for (let i = starts[task]!, end = starts[task + 1]!; i < end; i++) {
    const value = hasBit(bits, rows[i]!) ? (numbers?.[rows[i]!] ?? Number.NaN) : Number.NaN;
    if (Number.isFinite(value)) values.push(value);
  }
  return values;
}

/** At least two values, further apart than the tolerance. */
export function hasSpread({ count, min, max, tolerance }: GroupFigures, task: number): boolean {
  return count[task]! > 1 && max[task]! - min[task]! > tolerance;
}

/** What a figure that groups are sorted by or counted in bins by is for a task; NaN where it has none. */
export function figureReader(figures: GroupFigures, figure: GroupFigureName): (task: number) => number {
  const { mean, std, min, max, count } = figures;
  const scale = (task: number): number => (hasSpread(figures, task) ? std[task]! : Infinity);
  switch (figure) {
    case 'range':
      return (task) => max[task]! - min[task]!;
    case 'advantageMin':
      return (task) => (min[task]! - mean[task]!) / scale(task) + 0;
    case 'advantageMax':
      return (task) => (max[task]! - mean[task]!) / scale(task);
    case 'centredMin':
      return (task) => min[task]! - mean[task]!;
    case 'centredMax':
      return (task) => max[task]! - mean[task]!;
    case 'passRate':
      return (task) => figures.passed[task]! / count[task]!;
    default:
      return (task) => figures[figure][task]!;
  }
}
