import type { GroupOrder, GroupsPage, TaskGroup } from '#shared/model/group.ts';
import { limits } from '#shared/limits.ts';
import type { Filter, Range } from '#shared/model/query.ts';
import { type Bitset, filterBits, hasBit, memo, sortByNumber } from '../query/index.ts';
import { passAtK } from './chances.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { signalTolerance } from './groups.ts';
import { passMarkOf, type RankedTasks, rankedTasks } from './ranked-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

interface Measure {
  readonly filter: Filter;
  readonly metric: string;
  /** Of pass@k. */
  readonly k: number;
  readonly passMark: number;
}

interface Order {
  readonly by: GroupOrder;
  readonly descending: boolean;
}

export interface GroupsRequest extends Omit<Measure, 'passMark'> {
  /** By default that of the metric over all rollouts. */
  readonly passMark?: number | undefined;
  readonly sort: Order;
  readonly range: Range;
}

/**
 * A window on the groups that a filter leaves: one row a task, over the rollouts it keeps. Tasks without the figure that
 * they are sorted by come last, ties stand in the order of the files. Fails with bad-input on a wrong condition.
 */
export function pageGroups(index: DatasetIndex, request: GroupsRequest): GroupsPage {
  const { filter, metric, k, passMark = passMarkOf(index, metric), sort, range } = request;
  const measure = { filter, metric, k, passMark };
  const figures = measured(index, measure);
  const order = ordered(index, { ...measure, ...sort });
  const bits = filterBits(index, filter);
  const page = order.subarray(range.start, Math.min(range.end, order.length));
  return { total: order.length, passMark, groups: Array.from(page, (task) => groupOf(index, figures, bits, metric, task)) };
}

/** Figures of each task, NaN where it has none; size 0 where no row is kept. */
type Figures = Readonly<Record<'size' | 'count' | 'mean' | 'std' | 'min' | 'max' | 'passed' | 'passRate' | 'passAtK', Float64Array>>;

const measured = memo(
  2,
  (index: DatasetIndex, { filter, metric, k, passMark }: Measure): Figures =>
    measureTasks(rankedTasks(index, metric), filterBits(index, filter), k, passMark),
  JSON.stringify,
);

function measureTasks({ starts, rows, values, largest }: RankedTasks, bits: Bitset, k: number, passMark: number): Figures {
  const tasks = starts.length - 1;
  const make = (): Float64Array => new Float64Array(tasks).fill(Number.NaN);
  const figures = {
    size: make(),
    count: make(),
    mean: make(),
    std: make(),
    min: make(),
    max: make(),
    passed: make(),
    passRate: make(),
    passAtK: make(),
  };
  const kept = new Float64Array(largest);
  for (let task = 0, i = 0; task < tasks; task++) {
    let size = 0;
    let count = 0;
    let sum = 0;
    let passed = 0;
    for (const end = starts[task + 1]!; i < end; i++) {
      if (!hasBit(bits, rows[i]!)) continue;
      size++;
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      kept[count++] = value;
      sum += value;
      if (value >= passMark) passed++;
    }
    figures.size[task] = size;
    figures.count[task] = count;
    figures.passed[task] = passed;
    if (count === 0) continue;
    const [min, max] = [kept[0]!, kept[count - 1]!];
    const mean = Math.min(max, Math.max(min, sum / count)); // rounding never carries it beyond equal values
    figures.min[task] = min;
    figures.max[task] = max;
    figures.mean[task] = mean;
    figures.passRate[task] = passed / count;
    figures.passAtK[task] = passAtK(count, passed, k) ?? Number.NaN;
    if (count < 2) continue;
    let squares = 0;
    for (let j = 0; j < count; j++) squares += (kept[j]! - mean) ** 2;
    figures.std[task] = Math.sqrt(squares / (count - 1));
  }
  return figures;
}

const ordered = memo(
  2,
  (index: DatasetIndex, { by, descending, ...measure }: Measure & Order): Uint32Array => {
    const figures = measured(index, measure);
    const figure = by === 'task' ? undefined : figures[by];
    const [known, unknown] = [new Uint32Array(figures.size.length), new Uint32Array(figures.size.length)];
    let [knownCount, unknownCount] = [0, 0];
    for (let task = 0; task < figures.size.length; task++) {
      if (figures.size[task] === 0) continue;
      if (figure && Number.isNaN(figure[task]!)) unknown[unknownCount++] = task;
      else known[knownCount++] = task;
    }
    const order = known.slice(0, knownCount + unknownCount);
    order.set(sorted(known.subarray(0, knownCount), figure, descending));
    order.set(unknown.subarray(0, unknownCount), knownCount);
    return order;
  },
  JSON.stringify,
);

/** Tasks in the order of the files where there is no figure. */
function sorted(tasks: Uint32Array, figure: Float64Array | undefined, descending: boolean): Uint32Array {
  if (!figure) return descending ? tasks.reverse() : tasks;
  if (!descending) return sortByNumber(tasks, figure);
  const negated = new Float64Array(figure.length);
  for (let task = 0; task < negated.length; task++) negated[task] = -figure[task]!;
  return sortByNumber(tasks, negated);
}

function groupOf(index: DatasetIndex, figures: Figures, bits: Bitset, metric: string, task: number): TaskGroup {
  const tasks = index.tasks();
  const rows: number[] = [];
  for (const row of tasks.rowsOf(task)) {
    if (rows.length === limits.groupStrip) break;
    if (hasBit(bits, row)) rows.push(row);
  }
  const numbers = index.column(metric)?.numbers();
  const agent = rows[0] === undefined ? undefined : index.column('agent')?.text(rows[0]);
  const figure = (name: Exclude<keyof Figures, 'size' | 'count' | 'passed'>): Partial<TaskGroup> =>
    Number.isNaN(figures[name][task]!) ? {} : { [name]: figures[name][task] };
  const isAlive = figures.max[task]! - figures.min[task]! > signalTolerance;
  return {
    task: tasks.label(task),
    ...(agent !== undefined && { agent }),
    size: figures.size[task]!,
    count: figures.count[task]!,
    ...figure('mean'),
    ...figure('std'),
    ...figure('min'),
    ...figure('max'),
    passed: figures.passed[task]!,
    ...figure('passRate'),
    ...figure('passAtK'),
    state: figures.count[task]! < 2 ? 'single' : isAlive ? 'alive' : 'dead',
    rows,
    values: rows.map((row) => {
      const value = numbers?.[row] ?? Number.NaN;
      return Number.isFinite(value) ? value : null;
    }),
  };
}
