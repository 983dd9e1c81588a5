import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import {
  balanced,
  bestOfTasks,
  capped,
  distinct,
  drawnSides,
  hashedSides,
  type Kept,
  type Pair,
  seededRandom,
  shuffled,
  Side,
  Standing,
} from '../select/index.ts';
import { NO_CODE } from '../index/types.ts';
import { formExamples } from './examples.ts';
import type { Candidates } from './candidates.ts';
import type { ExampleList } from './example-list.ts';
import { keepsBest } from './near-duplicates.ts';
import type { ExclusionTally, ReasonId } from './reasons.ts';
import type { Settings } from './settings.ts';
import { type ExportSource, Trait, type Unit } from './types.ts';

export interface Split {
  readonly name: 'train' | 'validation' | 'test';
  /** In the order in which they are written. */
  readonly examples: ExampleList;
}

/** Rows of all splits, or bytes of their planned text. */
export function totalOf(splits: readonly Split[], what: 'length' | 'bytes'): number {
  return splits.reduce((sum, { examples }) => sum + examples[what], 0);
}

/** Draws that later versions added have streams of their own, so that they change nothing of the older ones. */
const streams = { taskCap: 1, agentCap: 2, balance: 3, balanceTasks: 4 } as const;

/** The number by which rollouts are compared, undefined where nothing is. Fails with bad-input when there is no such column. */
export function metricOf(source: ExportSource, unit: Unit, settings: Settings, writesReward: boolean): Float64Array | undefined {
  const isCompared = unit === 'pair' || unit === 'label' || bestCount(settings) > 0 || keepsBest(settings) || writesReward;
  if (!isCompared) return undefined;
  const name = settings.text('metric');
  const column = source.column(name);
  if (column) return column.numbers();
  const suggestions = nearestNames(
    name,
    source.index.columns().map((each) => each.name),
  );
  const hint = suggestions.length > 0 ? ` Did you mean ${suggestions.join(' or ')}?` : '';
  throw new AppError('bad-input', `metric: there is no column ${name}.${hint}`, { suggestions });
}

function bestCount(settings: Settings): number {
  return settings.has('best-per-task') ? settings.number('best-per-task') : 0;
}

/** What candidates are drawn from. */
export interface SampleFrom {
  readonly source: ExportSource;
  readonly unit: Unit;
  readonly metric: Float64Array | undefined;
  /** Pairs chosen by hand. */
  readonly byHand: readonly Pair[];
  /** The reward of each row as it is written, where it is. */
  readonly rewards: Float64Array | undefined;
}

export interface Sample {
  readonly splits: readonly Split[];
  /** Tasks in which a rollout that is left out is as good as one of the best that are kept. */
  readonly tiedTasks: number;
}

/** Which rows candidates make, in which file and order. Who is in none of them is tallied. */
export function sample(candidates: Candidates, from: SampleFrom, settings: Settings, tally: ExclusionTally): Sample {
  const { source, unit, metric, byHand, rewards } = from;
  const perTask = settings.has('cap-per-task') ? settings.number('cap-per-task') : 0;
  // Asked for only where needed: naming tasks may mean reading every row.
  const isTaskBalanced = (unit === 'rollout' || unit === 'label') && settings.has('balance-tasks') && settings.flag('balance-tasks');
  const needsTasks = unit !== 'rollout' || metric || isSplit(settings) || perTask > 0 || isTaskBalanced;
  const tasks = needsTasks ? source.tasks() : undefined;
  const taskOf = tasks?.taskOf ?? new Uint32Array();

  const { left: drawn, tiedTasks } = drawRollouts(candidates, taskOf, metric, settings, tally);
  let left = formExamples(unit, drawn, settings, { taskOf, metric, byHand, rewards }, tally);
  const keep = (kept: Kept, reason: ReasonId): void => {
    const before = left;
    left = before.filter((i) => kept[i] === 1);
    if (left.length === before.length) return;
    const used = new Uint8Array(source.index.rowCount);
    for (const row of before.columns.rows) used[row] = 1;
    for (const row of left.columns.rows) used[row] = 0;
    for (const [row, isDropped] of used.entries()) if (isDropped === 1) tally.add(reason, row);
  };
  const drawOf = (stream: number) => seededRandom((settings.number('seed') ^ Math.imul(stream, 0x9e37_79b9)) >>> 0);
  const tasksOfLeft = () => Float64Array.from(left.firstRows(), (row) => taskOf[row] ?? Number.NaN);
  // Of pairs the best were taken already; a task is one row.
  if (perTask > 0 && (unit === 'rollout' || unit === 'label'))
    keep(capped(tasksOfLeft(), perTask, drawOf(streams.taskCap)), 'sampling/task-cap');
  if (isTaskBalanced) keep(balanced(tasksOfLeft(), drawOf(streams.balanceTasks)), 'sampling/task-balance');
  const perAgent = settings.number('cap-per-agent');
  if (perAgent > 0) keep(capped(agentsOf(left.firstRows(), source), perAgent, drawOf(streams.agentCap)), 'sampling/agent-cap');
  if (settings.flag('balance')) keep(balanced(agentsOf(left.firstRows(), source), drawOf(streams.balance)), 'sampling/balance');
  if (rewards) left = left.withRewards((row) => rewards[row] ?? Number.NaN);
  return { splits: divide(left, tasks, settings), tiedTasks };
}

/** Draws that are of rollouts, whatever they are put together to. */
function drawRollouts(
  candidates: Candidates,
  taskOf: Uint32Array,
  metric: Float64Array | undefined,
  settings: Settings,
  tally: ExclusionTally,
): { left: Candidates; tiedTasks: number } {
  let left = candidates;
  if (settings.has('dedupe') && settings.flag('dedupe')) {
    const kept = distinct(left.keys.digests ?? []);
    left.rows.forEach((row, i) => kept[i] === 1 || tally.add('sampling/duplicate', row));
    left = left.filter((i) => kept[i] === 1);
  }
  const best = bestCount(settings);
  if (!metric || best === 0) return { left, tiedTasks: 0 };
  const { standings, tiedTasks } = bestOfTasks(left.rows, taskOf, metric, best);
  left.rows.forEach((row, i) => standings[i] === Standing.noValue && tally.add('sampling/no-metric', row));
  left.rows.forEach((row, i) => standings[i] === Standing.notBest && tally.add('sampling/not-best', row));
  return { left: left.filter((i) => standings[i] === Standing.best), tiedTasks };
}

function isSplit(settings: Settings): boolean {
  return settings.number('validation') + settings.number('test') > 0;
}

/** Into files, whole tasks at a time. */
function divide(left: ExampleList, tasks: ReturnType<ExportSource['tasks']> | undefined, settings: Settings): Split[] {
  const seed = settings.number('seed');
  const shares = { validation: settings.number('validation'), test: settings.number('test') };
  const random = seededRandom(seed);
  const rows = left.firstRows();
  const taskOf = joinedTasks(left, tasks?.taskOf ?? new Uint32Array());
  const sides =
    !isSplit(settings) || !tasks
      ? new Uint8Array(rows.length)
      : settings.flag('stable-split')
        ? hashedSides(rows, taskOf, (task) => tasks.label(task), shares, seed)
        : drawnSides(rows, taskOf, shares, random);
  if (left.length > 0 && !sides.includes(Side.train))
    throw new AppError('bad-input', 'The split leaves no task for training. Choose smaller shares or another seed, or stable-split=false.');
  const places = Uint32Array.from(left.columns.bytes, (_, i) => i);
  const ordered = settings.flag('shuffle') ? Uint32Array.from(shuffled([...places], random)) : places;
  return (['train', 'validation', 'test'] as const).flatMap((name): Split[] => {
    const ofSide = ordered.filter((place) => sides[place] === Side[name]);
    return name === 'train' || ofSide.length > 0 ? [{ name, examples: left.pick(richestFirst(ofSide, left)) }] : [];
  });
}

/** The task of each row, one for those that a written row is made of together: a pair by hand may be of two tasks that ask the same. */
function joinedTasks(examples: ExampleList, taskOf: Uint32Array): Uint32Array {
  const heads = new Map<number, number>();
  const headOf = (task: number): number => {
    let head = task;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    return head;
  };
  for (let i = 0; i < examples.length; i++) {
    const rows = examples.rowsAt(i);
    for (const row of rows.subarray(1)) {
      const [one, other] = [headOf(taskOf[rows[0] ?? 0] ?? 0), headOf(taskOf[row] ?? 0)];
      if (one !== other) heads.set(Math.max(one, other), Math.min(one, other));
    }
  }
  return heads.size === 0 ? taskOf : taskOf.map(headOf);
}

/** A number for the agent of each row, NaN where it has none. */
export function agentsOf(rows: Uint32Array, source: Pick<ExportSource, 'index'>): Float64Array {
  const column = source.index.column('agent');
  const codes = column?.codes()?.codes;
  if (codes) return Float64Array.from(rows, (row) => (codes[row] === NO_CODE ? Number.NaN : (codes[row] ?? Number.NaN)));
  const known = new Map<string, number>();
  return Float64Array.from(rows, (row) => {
    const name = column?.text(row);
    if (name === undefined) return Number.NaN;
    const code = known.get(name) ?? known.size;
    known.set(name, code);
    return code;
  });
}

const richness = (shape: number): number => shape & ((Trait.longFraction - 1) | Trait.images);

/** Loaders learn the shape of a file from its first rows: the one that has most of it goes to the front. */
function richestFirst(places: Uint32Array, examples: ExampleList): Uint32Array {
  let richest = 0;
  for (let i = 1; i < places.length; i++)
    if (richness(examples.shapeAt(places[i] ?? 0)) > richness(examples.shapeAt(places[richest] ?? 0))) richest = i;
  if (richest === 0) return places;
  const ordered = places.slice();
  ordered.copyWithin(1, 0, richest);
  ordered[0] = places[richest] ?? 0;
  return ordered;
}
