import type { GroupSort, GroupsPage, TaskGroup } from '#shared/model/group.ts';
import { limits } from '#shared/limits.ts';
import type { Range } from '#shared/model/query.ts';
import { type Bitset, filterBits, finish, hasBit, memoInSteps, sortByNumber, textCodes, metricNumbers } from '../query/index.ts';
import { NO_CODE } from '../index/types.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { missingOf, type Plan } from './group-plan.ts';
import { orderedTasks } from './ordered-tasks.ts';
import { figureReader, type GroupFigures, groupFigures, hasSpread, type Measure, measureOf, type MeasureRequest } from './task-figures.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export interface GroupsRequest extends MeasureRequest {
  readonly sort: GroupSort;
  /** How many rollouts were planned, where that is known. */
  readonly plan?: Plan | undefined;
}

/**
 * A window on the groups that a filter leaves: one row a task, over the rollouts it keeps. Tasks without the figure that
 * they are sorted by come last, ties stand in the order of the files. Fails with bad-input on a wrong condition.
 */
export function* groupsPageInSteps(index: DatasetIndex, request: GroupsRequest & { range: Range }): Generator<void, GroupsPage> {
  const { range, plan } = request;
  const measure = measureOf(index, request);
  const figures = yield* groupFigures.steps(index, measure);
  const order = yield* groupOrder.steps(index, { ...measure, sort: request.sort, plan });
  const shown = { figures, bits: filterBits(index, measure.filter), metric: measure.metric, plan };
  const page = order.subarray(range.start, Math.min(range.end, order.length));
  return { total: order.length, passMark: measure.passMark, groups: Array.from(page, (task) => groupOf(index, task, shown)) };
}

/** The same at once. */
export const pageGroups = (index: DatasetIndex, request: GroupsRequest & { range: Range }): GroupsPage =>
  finish(groupsPageInSteps(index, request));

/** Where the task of a row stands among the groups, null where none of its rollouts is kept. */
export function* findGroupInSteps(index: DatasetIndex, request: GroupsRequest & { row: number }): Generator<void, number | null> {
  const order = yield* groupOrder.steps(index, { ...measureOf(index, request), sort: request.sort, plan: request.plan });
  const position = order.indexOf(index.tasks().taskOf[request.row]!);
  return position < 0 ? null : position;
}

type Order = Measure & { readonly sort: GroupSort; readonly plan: Plan | undefined };

const groupOrder = memoInSteps(
  4,
  function* (index: DatasetIndex, { sort, plan, ...measure }: Order): Generator<void, Uint32Array> {
    const figures = yield* groupFigures.steps(index, measure);
    const keyOf = orderKey(index, figures, sort, plan);
    const tasks = figures.size.length;
    const keys = new Float64Array(tasks);
    const [known, unknown] = [new Uint32Array(tasks), new Uint32Array(tasks)];
    let [knownCount, unknownCount] = [0, 0];
    for (let task = 0; task < tasks; task++) {
      if (figures.size[task] === 0) continue;
      const key = keyOf(task);
      if (Number.isNaN(key)) unknown[unknownCount++] = task;
      else {
        keys[task] = sort.descending ? -key : key;
        known[knownCount++] = task;
      }
      if (task % 65_536 === 65_535) yield;
    }
    const order = known.slice(0, knownCount + unknownCount);
    order.set(sortByNumber(known.subarray(0, knownCount), keys));
    order.set(unknown.subarray(0, unknownCount), knownCount);
    return order;
  },
  ({ plan, ...order }) => JSON.stringify([order, plan?.version]),
);

function orderKey(index: DatasetIndex, figures: GroupFigures, { by }: GroupSort, plan: Plan | undefined): (task: number) => number {
  switch (by) {
    case 'task':
      return (task) => task;
    case 'state':
      return (task) => (figures.count[task]! < 2 ? Number.NaN : Number(hasSpread(figures, task)));
    case 'missing':
      return (task) => missingOf(index, task, plan)?.missing ?? Number.NaN;
    case 'agent': {
      if (!index.column('agent')) return () => Number.NaN;
      const { codes, values } = textCodes(index, 'agent');
      const { starts, rows } = orderedTasks(index);
      const rank = new Uint32Array(values.length);
      [...values.keys()].sort((a, b) => (values[a]! < values[b]! ? -1 : 1)).forEach((code, place) => (rank[code] = place));
      return (task) => {
        const code = codes[rows[starts[task]!]!]!;
        return code === NO_CODE ? Number.NaN : rank[code]!;
      };
    }
    default:
      return figureReader(figures, by);
  }
}

interface Shown {
  readonly figures: GroupFigures;
  readonly bits: Bitset;
  readonly metric: string;
  readonly plan: Plan | undefined;
}

function groupOf(index: DatasetIndex, task: number, { figures, bits, metric, plan }: Shown): TaskGroup {
  const tasks = index.tasks();
  const { starts, rows: ordered, rollouts } = orderedTasks(index);
  const rows: number[] = [];
  for (let i = starts[task]!, end = starts[task + 1]!; i < end && rows.length < limits.groupStrip; i++)
    if (hasBit(bits, ordered[i]!)) rows.push(ordered[i]!);
  const numbers = metricNumbers(index, metric);
  const [head = 0] = rows;
  const agent = index.column('agent')?.text(head);
  const prompt = index.column('prompt')?.cell(head);
  const planned = missingOf(index, task, plan);
  return {
    task: tasks.label(task),
    first: tasks.rowsOf(task)[0]!,
    ...(agent !== undefined && { agent }),
    ...(typeof prompt === 'string' && { prompt }),
    ...figuresOf(figures, task),
    ...planned,
    rows,
    rollouts: rows.map((row) => integerOrNull(rollouts?.[row])),
    values: rows.map((row) => finiteOrNull(numbers?.[row])),
  };
}

const optional = ['mean', 'std', 'min', 'max', 'passRate', 'passAt1', 'passAtK'] as const;

function figuresOf(figures: GroupFigures, task: number) {
  const known: Partial<Record<(typeof optional)[number], number>> = {};
  for (const name of optional) {
    const value = figureReader(figures, name)(task);
    if (!Number.isNaN(value)) known[name] = value;
  }
  const count = figures.count[task]!;
  return {
    size: figures.size[task]!,
    count,
    passed: figures.passed[task]!,
    binary: figures.binary[task] === 1,
    ...known,
    state: count < 2 ? ('single' as const) : hasSpread(figures, task) ? ('alive' as const) : ('dead' as const),
  };
}

export function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

export function integerOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isSafeInteger(value) ? value : null;
}
