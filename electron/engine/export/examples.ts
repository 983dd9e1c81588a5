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
import type { Candidate } from './mapping.ts';
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
  candidates: readonly Candidate[],
  settings: Settings,
  grouping: Grouping,
  tally: ExclusionTally,
): readonly Example[] {
  switch (unit) {
    case 'rollout':
      return candidates;
    case 'task':
      return taskExamples(candidates, grouping, tally);
    case 'label':
      return labelExamples(candidates, settings, grouping, tally);
    case 'pair':
      return pairExamples(candidates, settings, grouping, tally);
  }
}

const rowsOf = (candidates: readonly Candidate[]): Uint32Array => Uint32Array.from(candidates, ({ row }) => row);

/** The first rollout of each task is written; the others of the task were asked the same, or are left out. */
function taskExamples(candidates: readonly Candidate[], { taskOf }: Grouping, tally: ExclusionTally): Example[] {
  const tasks = new Map<number, { first: Candidate; rows: number[] }>();
  for (const candidate of candidates) {
    const task = taskOf[candidate.row] ?? -1;
    const known = tasks.get(task);
    if (!known) tasks.set(task, { first: candidate, rows: [candidate.row] });
    else if (known.first.request === candidate.request) known.rows.push(candidate.row);
    else tally.add('sampling/other-request', candidate.row);
  }
  return [...tasks.values()].map(({ first: { shape, bytes }, rows }) => ({ rows, shape, bytes }));
}

/** From where on rollouts are good. */
export function labelThreshold(settings: Settings, metric: Float64Array): KtoOptions['threshold'] {
  const by = settings.choice('label-by', ['pass-mark', 'threshold', 'task-mean']);
  return by === 'task-mean' ? by : by === 'threshold' ? settings.number('threshold') : defaultPassMark(metric);
}

function labelExamples(candidates: readonly Candidate[], settings: Settings, grouping: Grouping, tally: ExclusionTally): Example[] {
  const { taskOf, metric = new Float64Array() } = grouping;
  const options = { threshold: labelThreshold(settings, metric), deadBand: settings.number('dead-band') };
  const labels = ktoLabels(rowsOf(candidates), taskOf, metric, options);
  return candidates.flatMap((candidate, i): Example[] => {
    const { row } = candidate;
    if (labels[i] !== Label.none) return [{ ...candidate, good: labels[i] === Label.good }];
    tally.add(Number.isFinite(metric[row]) ? 'sampling/dead-band' : 'sampling/no-metric', row);
    return [];
  });
}

function pairExamples(candidates: readonly Candidate[], settings: Settings, grouping: Grouping, tally: ExclusionTally): Example[] {
  const { taskOf, metric = new Float64Array(), byHand, rewards = metric } = grouping;
  const known = new Map(candidates.map((candidate) => [candidate.row, candidate]));
  const pairs = byHand.filter(({ chosen, rejected }) => isPair(known.get(chosen), known.get(rejected)));
  const strategy = settings.choice('pairs', [...pairStrategies, 'by-hand']);
  if (strategy !== 'by-hand') {
    const cap = settings.number('cap-per-task');
    const options = { strategy, margin: settings.number('margin'), cap: cap === 0 ? Infinity : cap };
    const identity = identityOf(known);
    for (const group of eachGroup(groupRows(rowsOf(candidates), taskOf))) pairs.push(...pairsOfTask(group.rows, metric, identity, options));
  }
  const used = new Set<number>();
  const examples = distinctPairs(pairs).flatMap(({ chosen, rejected }): (Example & { rows: [number, number] })[] => {
    const [better, worse] = [known.get(chosen), known.get(rejected)];
    if (!better || !worse) return [];
    used.add(chosen).add(rejected);
    const margin = (rewards[chosen] ?? Number.NaN) - (rewards[rejected] ?? Number.NaN);
    return [{ rows: [chosen, rejected], shape: better.shape | worse.shape, bytes: better.bytes + worse.bytes, margin }];
  });
  for (const { row } of candidates)
    if (!used.has(row)) tally.add(Number.isFinite(metric[row]) ? 'sampling/no-pair' : 'sampling/no-metric', row);
  return examples.sort((a, b) => a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]);
}

function isPair(chosen: Candidate | undefined, rejected: Candidate | undefined): boolean {
  return chosen !== undefined && rejected !== undefined && chosen.request === rejected.request && chosen.answer !== rejected.answer;
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
function identityOf(known: ReadonlyMap<number, Candidate>): RolloutIdentity {
  const numbers = new Map<string, number>();
  const numberOf = (text = ''): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  return {
    prompt: (row) => numberOf(known.get(row)?.request),
    tools: () => 0,
    answer: (row) => numberOf(known.get(row)?.answer),
  };
}
