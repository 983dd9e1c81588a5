import { defaultPassMark } from '#shared/model/pass-mark.ts';
import {
  type KtoOptions,
  ktoLabels,
  Label,
  pairsOfTask,
  pairStrategies,
  type Pair,
  type RolloutIdentity,
  eachGroup,
  groupRows,
} from '../select/index.ts';
import type { Candidates } from './candidates.ts';
import { ExampleList, Good } from './example-list.ts';
import type { ExclusionTally } from './reasons.ts';
import type { Settings } from './settings.ts';
import type { Example, Unit } from './types.ts';

/** What rollouts are put together by. */
export interface Grouping {
  readonly taskOf: Uint32Array;
  /** The number by which they are compared; undefined where they are not. */
  readonly metric: Float64Array | undefined;
  /** Pairs chosen by hand. */
  readonly byHand: readonly Pair[];
  /** What margins are of, where it is not the metric itself. */
  readonly rewards?: Float64Array | undefined;
}

/** The rows that candidates make, in file order of their first rollout. Who is in none is tallied. */
export function formExamples(
  unit: Unit,
  candidates: Candidates,
  settings: Settings,
  grouping: Grouping,
  tally: ExclusionTally,
): ExampleList {
  switch (unit) {
    case 'rollout':
      return candidates.examples;
    case 'task':
      return taskExamples(candidates, grouping, tally);
    case 'label':
      return labelExamples(candidates, settings, grouping, tally);
    case 'pair':
      return pairExamples(candidates, settings, grouping, tally);
  }
}

/** The first rollout of each task is written; the others of the task were asked the same, or are left out. */
function taskExamples({ examples, rows, keys: { requests } }: Candidates, { taskOf }: Grouping, tally: ExclusionTally): ExampleList {
  const tasks = new Map<number, { first: number; rows: number[] }>();
  for (const [i, row] of rows.entries()) {
    const task = taskOf[row] ?? -1;
    const known = tasks.get(task);
    if (!known) tasks.set(task, { first: i, rows: [row] });
    else if (requests?.[known.first] === requests?.[i]) known.rows.push(row);
    else tally.add('sampling/other-request', row);
  }
  return ExampleList.of(
    Array.from(tasks.values(), ({ first, rows: same }) => ({ rows: same, shape: examples.shapeAt(first), bytes: examples.bytesAt(first) })),
  );
}

/** From where on rollouts are good. */
export function labelThreshold(settings: Settings, metric: Float64Array): KtoOptions['threshold'] {
  const by = settings.choice('label-by', ['pass-mark', 'threshold', 'task-mean']);
  return by === 'task-mean' ? by : by === 'threshold' ? settings.number('threshold') : defaultPassMark(metric);
}

function labelExamples({ examples, rows }: Candidates, settings: Settings, grouping: Grouping, tally: ExclusionTally): ExampleList {
  const { taskOf, metric = new Float64Array() } = grouping;
  const options = { threshold: labelThreshold(settings, metric), deadBand: settings.number('dead-band') };
  const labels = ktoLabels(rows, taskOf, metric, options);
  for (const [i, row] of rows.entries())
    if (labels[i] === Label.none) tally.add(Number.isFinite(metric[row]) ? 'sampling/dead-band' : 'sampling/no-metric', row);
  const goods = labels.map((label) => (label === Label.good ? Good.good : Good.bad));
  return new ExampleList({ ...examples.columns, goods }).filter((i) => labels[i] !== Label.none);
}

function pairExamples(candidates: Candidates, settings: Settings, grouping: Grouping, tally: ExclusionTally): ExampleList {
  const { taskOf, metric = new Float64Array(), byHand, rewards = metric } = grouping;
  const { examples: known, rows } = candidates;
  const pairs = byHand.filter((pair) => isPair(candidates, pair));
  const strategy = settings.choice('pairs', [...pairStrategies, 'by-hand']);
  if (strategy !== 'by-hand') {
    const cap = settings.number('cap-per-task');
    const options = { strategy, margin: settings.number('margin'), cap: cap === 0 ? Infinity : cap };
    const identity = identityOf(candidates);
    for (const group of eachGroup(groupRows(rows, taskOf))) pairs.push(...pairsOfTask(group.rows, metric, identity, options));
  }
  const used = new Set<number>();
  const examples = distinctPairs(pairs).flatMap(({ chosen, rejected }): (Example & { rows: [number, number] })[] => {
    const [better, worse] = [candidates.placeOf(chosen), candidates.placeOf(rejected)];
    if (better === undefined || worse === undefined) return [];
    used.add(chosen).add(rejected);
    const margin = (rewards[chosen] ?? Number.NaN) - (rewards[rejected] ?? Number.NaN);
    const shape = known.shapeAt(better) | known.shapeAt(worse);
    return [{ rows: [chosen, rejected], shape, bytes: known.bytesAt(better) + known.bytesAt(worse), margin }];
  });
  for (const row of rows) if (!used.has(row)) tally.add(Number.isFinite(metric[row]) ? 'sampling/no-pair' : 'sampling/no-metric', row);
  return ExampleList.of(examples.sort((a, b) => a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]));
}

function isPair(candidates: Candidates, { chosen, rejected }: Pair): boolean {
  const [better, worse] = [candidates.placeOf(chosen), candidates.placeOf(rejected)];
  const { requests, answers } = candidates.keys;
  return better !== undefined && worse !== undefined && requests?.[better] === requests?.[worse] && answers?.[better] !== answers?.[worse];
}

/** Any two once: what was chosen by hand, which comes first, stands for what says the opposite as well. */
function distinctPairs(pairs: readonly Pair[]): Pair[] {
  const known = new Map<string, Pair>();
  for (const pair of pairs) {
    const key = [pair.chosen, pair.rejected].sort((a, b) => a - b).join(' ');
    if (!known.has(key)) known.set(key, pair);
  }
  return [...known.values()];
}

/** By what is written of the rollouts, so that nothing is called equal or different that a trainer would see otherwise. */
function identityOf(candidates: Candidates): RolloutIdentity {
  const { requests, answers } = candidates.keys;
  const keyOf = (keys: Uint32Array | undefined, row: number): number => keys?.[candidates.placeOf(row) ?? -1] ?? 0;
  return { prompt: (row) => keyOf(requests, row), tools: () => 0, answer: (row) => keyOf(answers, row) };
}
