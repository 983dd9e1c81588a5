import { CellKind, type Column, NO_CODE } from '../index/types.ts';
import { finish, textCodes } from '../query/index.ts';
import { type DatasetIndex, NO_TASK, type OrderedTasks, orderedTasksInSteps } from '../select/index.ts';

// Rows, tasks and codes are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What Gym measures of some rows, and how it divides them. Agents and groups without a measured row are left out. */
export interface GymRows {
  /** By name; rows without an agent come last. */
  readonly agents: readonly GymAgent[];
  /** Measured rows without a task index. */
  readonly ungrouped: number;
  readonly masked: number;
  readonly failed: number;
  readonly superseded: number;
  /** Rows of the same agent, task, rollout index and attempt as an earlier row. */
  readonly duplicates: number;
}

export interface GymAgent {
  readonly name: string | undefined;
  /** Measured rows, ascending. */
  readonly rows: Uint32Array;
  readonly masked: number;
  /** Groups of one task index: measured rows by rollout index, then as in the files. In the order of the task indices. */
  readonly groups: readonly GymGroup[];
  /** Tasks of which every rollout is masked. */
  readonly maskedTasks: number;
}

export interface GymGroup {
  /** Of the task table. */
  readonly task: number;
  /** As the row has it; a text where it is one, or where float64 cannot hold the number. */
  readonly taskIndex: number | string;
  readonly rows: Uint32Array;
  readonly masked: number;
}

const tasksPerStep = 1024;

const fates = { out: 0, measured: 1, masked: 2 } as const;

/**
 * Left out are rows with `mask_sample` (their reward is no measurement), with `_ng_failure_class` (Gym keeps failures in a
 * file of their own), and attempts that a later one of the same agent, task and rollout index replaces.
 */
export function gymRows(index: DatasetIndex, rows: Uint32Array): GymRows {
  return finish(gymRowsInSteps(index, rows));
}

/** The same, yielding now and then. */
export function* gymRowsInSteps(index: DatasetIndex, rows: Uint32Array): Generator<void, GymRows> {
  // First, so that rows which come meanwhile have no part in it.
  const ordered = yield* orderedTasksInSteps(index);
  const { fate, failed } = firstFates(index, rows);
  yield;
  const { groups, superseded, duplicates } = yield* groupRows(index, ordered, fate);
  yield;
  const { names, rankOf } = agentRanks(index);
  const agents = names.map((name) => ({
    name,
    size: 0,
    masked: 0,
    rows: new Uint32Array(),
    groups: new Array<GymGroup>(),
    maskedTasks: 0,
  }));
  forEachFate(fate, (row, isMasked) => {
    const agent = agents[rankOf(row)]!;
    if (isMasked) agent.masked++;
    else agent.size++;
  });
  yield;
  for (const agent of agents) agent.rows = new Uint32Array(agent.size);
  const filled = new Uint32Array(agents.length);
  forEachFate(fate, (row, isMasked) => {
    const rank = rankOf(row);
    if (!isMasked) agents[rank]!.rows[filled[rank]!++] = row;
  });
  yield;
  let grouped = 0;
  for (const { first, ...group } of groups) {
    const agent = agents[rankOf(first)]!;
    if (group.rows.length === 0) agent.maskedTasks++;
    else agent.groups.push(group);
    grouped += group.rows.length;
  }
  const measured = agents.reduce((sum, { size }) => sum + size, 0);
  return {
    agents: agents.filter(({ size, masked }) => size + masked > 0),
    ungrouped: measured - grouped,
    masked: agents.reduce((sum, { masked }) => sum + masked, 0),
    failed,
    superseded,
    duplicates,
  };
}

function firstFates(index: DatasetIndex, rows: Uint32Array): { fate: Uint8Array; failed: number } {
  const fate = new Uint8Array(index.rowCount);
  const failures = index.column('_ng_failure_class')?.kinds();
  const mask = index.column('mask_sample');
  const [maskKinds, maskNumbers] = [mask?.kinds(), mask?.numbers()];
  let failed = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (failures && failures[row]! > CellKind.null) failed++;
    else fate[row] = maskKinds?.[row] === CellKind.boolean && maskNumbers?.[row] === 1 ? fates.masked : fates.measured;
  }
  return { fate, failed };
}

function forEachFate(fate: Uint8Array, visit: (row: number, isMasked: boolean) => void): void {
  for (let row = 0; row < fate.length; row++) if (fate[row] !== fates.out) visit(row, fate[row] === fates.masked);
}

/** Tasks that have a task index and any of the rows, by task index. Attempts that do not stand lose their fate. */
function* groupRows(index: DatasetIndex, { starts, rows: ordered }: OrderedTasks, fate: Uint8Array) {
  const column = index.column('_ng_task_index');
  const kinds = column?.kinds();
  const groups: (GymGroup & { first: number })[] = [];
  const counts = { superseded: 0, duplicates: 0 };
  const order = attemptOrder(index);
  for (let task = 0; column && kinds && task + 1 < starts.length; task++) {
    if (task % tasksPerStep === tasksPerStep - 1) yield;
    const all = ordered.subarray(starts[task], starts[task + 1]);
    const [first = NO_TASK] = all;
    const taskIndex = taskIndexOf(column, kinds[first], first);
    if (taskIndex === undefined) continue;
    const standing = standingRows(without(all, fate, fates.out), order, counts, (row) => (fate[row] = fates.out));
    if (standing.length === 0) continue;
    const rows = without(standing, fate, fates.masked);
    groups.push({ task, taskIndex, rows, masked: standing.length - rows.length, first });
  }
  groups.sort((a, b) => compare(a.taskIndex, b.taskIndex));
  return { groups, ...counts };
}

/** The rows that do not have a fate: the list itself where none has. */
function without(rows: Uint32Array, fate: Uint8Array, unwanted: number): Uint32Array {
  for (let i = 0; i < rows.length; i++) if (fate[rows[i]!] === unwanted) return rows.filter((row) => fate[row] !== unwanted);
  return rows;
}

function taskIndexOf(column: Column, kind: number | undefined, row: number): number | string | undefined {
  if (kind === CellKind.number) return column.numbers()[row];
  return kind === CellKind.exact || kind === CellKind.string ? column.text(row) : undefined;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

interface AttemptOrder {
  readonly rollout: (row: number) => number;
  readonly attempt: (row: number) => number;
}

function attemptOrder(index: DatasetIndex): AttemptOrder {
  const rollouts = index.column('_ng_rollout_index')?.numbers();
  const attempts = index.column('_ng_attempt_index')?.numbers();
  const numberOr = (numbers: Float64Array | undefined, row: number, otherwise: number): number => {
    const number = numbers?.[row] ?? Number.NaN;
    return Number.isNaN(number) ? otherwise : number;
  };
  return { rollout: (row) => numberOr(rollouts, row, Infinity), attempt: (row) => numberOr(attempts, row, 0) };
}

/** The rows of one task by rollout index, without those that a later attempt of the same rollout index replaces. */
function standingRows(
  rows: Uint32Array,
  { rollout, attempt }: AttemptOrder,
  counts: { superseded: number; duplicates: number },
  drop: (row: number) => void,
): Uint32Array {
  if (isStrictlyAscending(rows, rollout)) return rows;
  const sorted = rows.slice().sort((a, b) => {
    const [one, other] = [rollout(a), rollout(b)];
    return one < other ? -1 : one > other ? 1 : attempt(b) - attempt(a) || a - b;
  });
  let standing = sorted[0]!;
  return sorted.filter((row, i) => {
    if (i === 0 || rollout(row) === Infinity || rollout(row) !== rollout(standing)) {
      standing = row;
      return true;
    }
    if (attempt(row) === attempt(standing)) {
      counts.duplicates++;
      return true;
    }
    counts.superseded++;
    drop(row);
    return false;
  });
}

function isStrictlyAscending(rows: Uint32Array, rollout: (row: number) => number): boolean {
  for (let i = 1; i < rows.length; i++) if (!(rollout(rows[i - 1]!) < rollout(rows[i]!))) return false;
  return true;
}

/** Names of agents in their order, undefined at the end, and the place of a row's agent among them. */
function agentRanks(index: DatasetIndex): { names: readonly (string | undefined)[]; rankOf: (row: number) => number } {
  if (!index.column('agent')) return { names: [undefined], rankOf: () => 0 };
  const { codes, values } = textCodes(index, 'agent');
  const order = [...values.keys()].sort((a, b) => (values[a]! < values[b]! ? -1 : 1));
  const ranks = new Uint32Array(values.length);
  order.forEach((code, rank) => (ranks[code] = rank));
  return {
    names: [...order.map((code) => values[code]), undefined],
    rankOf: (row) => (codes[row] === NO_CODE ? values.length : ranks[codes[row]!]!),
  };
}
