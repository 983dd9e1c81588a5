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
  seededRandom,
  shuffled,
  Side,
  Standing,
} from '../select/index.ts';
import { NO_CODE } from '../index/types.ts';
import type { Candidate } from './mapping.ts';
import type { ExclusionTally, ReasonId } from './reasons.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

export interface Split {
  readonly name: 'train' | 'validation' | 'test';
  /** In the order in which they are written. */
  readonly candidates: readonly Candidate[];
}

/** Draws that later versions added have streams of their own, so that they change nothing of the older ones. */
const streams = { taskCap: 1, agentCap: 2, balance: 3 } as const;

/** The number by which rollouts are compared, undefined where nothing is. Fails with bad-input when there is no such column. */
export function metricOf(source: ExportSource, settings: Settings): Float64Array | undefined {
  if (settings.number('best-per-task') === 0) return undefined;
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

/** Which candidates are written, into which file, in which order. The others are tallied. */
export function sample(
  candidates: readonly Candidate[],
  source: ExportSource,
  settings: Settings,
  metric: Float64Array | undefined,
  tally: ExclusionTally,
): Split[] {
  const seed = settings.number('seed');
  const shares = { validation: settings.number('validation'), test: settings.number('test') };
  const isSplit = shares.validation + shares.test > 0;
  // Asked for only where needed: naming tasks may mean reading every row.
  const tasks = metric || isSplit || settings.number('cap-per-task') > 0 ? source.tasks() : undefined;
  const taskOf = tasks?.taskOf ?? new Uint32Array();

  let left = candidates;
  const keep = (kept: Kept, reason: ReasonId): void => {
    left.forEach(({ row }, i) => kept[i] === 1 || tally.add(reason, row));
    left = left.filter((_, i) => kept[i] === 1);
  };
  if (settings.flag('dedupe')) keep(distinct(left.map(({ digest }) => digest)), 'sampling/duplicate');
  if (metric) {
    const { standings } = bestOfTasks(rowsOf(left), taskOf, metric, settings.number('best-per-task'));
    left.forEach(({ row }, i) => standings[i] === Standing.noValue && tally.add('sampling/no-metric', row));
    left.forEach(({ row }, i) => standings[i] === Standing.notBest && tally.add('sampling/not-best', row));
    left = left.filter((_, i) => standings[i] === Standing.best);
  }
  const perTask = settings.number('cap-per-task');
  const perAgent = settings.number('cap-per-agent');
  const drawOf = (stream: number) => seededRandom((seed ^ Math.imul(stream, 0x9e37_79b9)) >>> 0);
  if (perTask > 0)
    keep(
      capped(
        Float64Array.from(left, ({ row }) => taskOf[row] ?? Number.NaN),
        perTask,
        drawOf(streams.taskCap),
      ),
      'sampling/task-cap',
    );
  if (perAgent > 0) keep(capped(agentsOf(left, source), perAgent, drawOf(streams.agentCap)), 'sampling/agent-cap');
  if (settings.flag('balance')) keep(balanced(agentsOf(left, source), drawOf(streams.balance)), 'sampling/balance');

  const random = seededRandom(seed);
  const rows = rowsOf(left);
  const sides =
    !isSplit || !tasks
      ? new Uint8Array(rows.length)
      : settings.flag('stable-split')
        ? hashedSides(rows, taskOf, (task) => tasks.label(task), shares, seed)
        : drawnSides(rows, taskOf, shares, random);
  const sideOf = new Map(left.map(({ row }, i) => [row, sides[i]]));
  if (left.length > 0 && !sides.includes(Side.train))
    throw new AppError('bad-input', 'The split leaves no task for training. Choose smaller shares or another seed, or stable-split=false.');
  const ordered = settings.flag('shuffle') ? shuffled(left, random) : left;
  return (['train', 'validation', 'test'] as const).flatMap((name): Split[] => {
    const ofSide = ordered.filter(({ row }) => sideOf.get(row) === Side[name]);
    return name === 'train' || ofSide.length > 0 ? [{ name, candidates: richestFirst(ofSide) }] : [];
  });
}

const rowsOf = (candidates: readonly Candidate[]): Uint32Array => Uint32Array.from(candidates, ({ row }) => row);

/** A number for each candidate's agent, NaN where it has none. */
function agentsOf(candidates: readonly Candidate[], source: ExportSource): Float64Array {
  const column = source.index.column('agent');
  const codes = column?.codes()?.codes;
  if (codes) return Float64Array.from(candidates, ({ row }) => (codes[row] === NO_CODE ? Number.NaN : (codes[row] ?? Number.NaN)));
  const known = new Map<string, number>();
  return Float64Array.from(candidates, ({ row }) => {
    const name = column?.text(row);
    if (name === undefined) return Number.NaN;
    const code = known.get(name) ?? known.size;
    known.set(name, code);
    return code;
  });
}

/** Loaders learn the shape of a file from its first rows: the one that has most of it goes to the front. */
function richestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const richest = candidates.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || each.shape > best.shape ? each : best),
    undefined,
  );
  if (richest === undefined || richest === candidates[0]) return candidates;
  return [richest, ...candidates.filter((each) => each !== richest)];
}
