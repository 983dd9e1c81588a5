import { limits } from '#shared/limits.ts';
import { groupingOf } from '#shared/model/expression/index.ts';
import type { GroupsSummary, GroupTotals } from '#shared/model/group.ts';
import type { Filter } from '#shared/model/query.ts';
import { NO_CODE } from '../index/types.ts';
import { countBits, filterBits, filterRows, hasBit, memoInSteps, textCodes, metricNumbers } from '../query/index.ts';
import { type DatasetIndex, groupFigures, hasSpread, type MeasureRequest, measureOf, orderedTasks } from '../select/index.ts';
import { gymRowsInSteps } from './gym-rows.ts';
import { PassStatistics } from './pass.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Tasks that are looked at between two yields. */
const tasksPerStep = 1024;

/** What the groups that a filter leaves are together, and by agent. Fails with bad-input on a wrong condition. */
export const groupsSummary = memoInSteps(
  2,
  function* (index: DatasetIndex, request: MeasureRequest): Generator<void, GroupsSummary> {
    const measure = measureOf(index, request);
    const figures = yield* groupFigures.steps(index, measure);
    const { starts, rows } = orderedTasks(index);
    const agentOf = agentReader(index);
    const [total, agents] = [new Totals(), new Map<string | undefined, Totals>()];
    let isBinary = true;
    for (let task = 0; task < figures.size.length; task++) {
      if (figures.size[task] === 0) continue;
      const agent = agentOf(rows[starts[task]!]!);
      const own = agents.get(agent) ?? new Totals();
      agents.set(agent, own);
      if (figures.count[task]! > 0 && figures.binary[task] === 0) isBinary = false;
      for (const totals of [total, own]) {
        totals.add({
          size: figures.size[task]!,
          count: figures.count[task]!,
          std: figures.std[task]!,
          isAlive: hasSpread(figures, task),
          min: figures.min[task]!,
          max: figures.max[task]!,
          passes: figures.min[task]! >= measure.passMark,
        });
      }
      if (task % tasksPerStep === tasksPerStep - 1) yield;
    }
    const names = [...agents.keys()].sort(byName).slice(0, limits.facetValues);
    const passes = yield* passStatistics(index, measure);
    return {
      total: total.result(passes.all),
      agents: names.map((agent) => ({
        ...(agent !== undefined && { agent }),
        ...(agents.get(agent) ?? total).result(passes.agents.get(agent)),
      })),
      binary: isBinary,
      ...passes.counts,
    };
  },
  JSON.stringify,
);

interface TaskFigures {
  readonly size: number;
  readonly count: number;
  readonly std: number;
  /** NaN without a value. */
  readonly min: number;
  readonly max: number;
  readonly isAlive: boolean;
  /** All its values reach the pass mark. */
  readonly passes: boolean;
}

class Totals {
  private readonly counts = { tasks: 0, rollouts: 0, smallest: 0, largest: 0, alive: 0, dead: 0, single: 0, deadPassing: 0 };
  private min = Infinity;
  private max = -Infinity;
  private readonly std = { mean: 0, count: 0 };

  add({ size, count, std, min, max, isAlive, passes }: TaskFigures): void {
    const { counts } = this;
    counts.smallest = counts.tasks === 0 ? size : Math.min(counts.smallest, size);
    counts.largest = Math.max(counts.largest, size);
    counts.tasks++;
    counts.rollouts += size;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    if (count < 2) counts.single++;
    else if (isAlive) counts.alive++;
    else {
      counts.dead++;
      if (passes) counts.deadPassing++;
    }
    if (Number.isNaN(std)) return;
    this.std.count++;
    this.std.mean += (std - this.std.mean) / this.std.count; // a sum may overflow
  }

  result(passes: PassStatistics | undefined): GroupTotals {
    const { mean, count } = this.std;
    const { min, max } = this;
    return {
      ...this.counts,
      ...(min <= max && { min, max }),
      ...(count > 0 && { meanStd: mean }),
      pass: passes ? passFigures(passes) : [],
    };
  }
}

interface Passes {
  readonly all: PassStatistics;
  readonly agents: ReadonlyMap<string | undefined, PassStatistics>;
  readonly counts: Pick<GroupsSummary, 'leftOut' | 'indexed' | 'unindexed'>;
}

/**
 * pass@k over the groups that Gym makes, of the rollouts that it measures; where no rollout has a task index, over those of the
 * list.
 */
function* passStatistics(index: DatasetIndex, { filter, metric }: { filter: Filter; metric: string }): Generator<void, Passes> {
  const measured = yield* gymRowsInSteps(index, filterRows(index, filter));
  const numbers = metricNumbers(index, metric);
  const scores = (rows: Iterable<number>): number[] => Array.from(rows, (row) => numbers?.[row] ?? Number.NaN);
  const agents = new Map<string | undefined, PassStatistics>();
  const all = new PassStatistics(false, limits.passK);
  const add = (agent: string | undefined, rows: Iterable<number>): void => {
    const own = agents.get(agent) ?? new PassStatistics(false, limits.passK);
    agents.set(agent, own);
    const values = scores(rows).map((value) => (Number.isFinite(value) ? value : Number.NaN));
    own.add(values);
    all.add(values);
  };
  const unindexed = measured.ungrouped;
  // Gym knows no other groups than those of its index.
  const indexed = groupingOf(filter) === undefined ? measured.agents.reduce((sum, { rows }) => sum + rows.length, 0) - unindexed : 0;
  const leftOut = measured.masked + measured.failed + measured.superseded;
  let tasks = 0;
  if (indexed > 0) {
    for (const { name, groups } of measured.agents) {
      for (const group of groups) {
        add(name, group.rows);
        if (++tasks % tasksPerStep === 0) yield;
      }
    }
    return { all, agents, counts: { leftOut, indexed, unindexed } };
  }
  const bits = filterBits(index, filter);
  const agentOf = agentReader(index);
  const { starts, rows } = orderedTasks(index);
  for (let task = 0; task + 1 < starts.length; task++) {
    const kept = rows.subarray(starts[task], starts[task + 1]).filter((row) => hasBit(bits, row));
    if (kept.length > 0) add(agentOf(rows[starts[task]!]!), kept);
    if (++tasks % tasksPerStep === 0) yield;
  }
  return { all, agents, counts: { leftOut: 0, indexed: 0, unindexed: countBits(bits) } };
}

/** Of k = 1, 2, 4, 8 … and the largest there is. */
function passFigures(passes: PassStatistics): GroupTotals['pass'] {
  const longest = Math.min(passes.longest, limits.passK);
  const sizes = new Set<number>();
  for (let k = 1; k < longest; k *= 2) sizes.add(k);
  if (longest > 0) sizes.add(longest);
  const { values } = passes.result();
  return [...sizes].map((k) => {
    const [pass, average] = [values[`pass@${k}/accuracy`], values[`pass@1[avg-of-${k}]/accuracy`]];
    return { k, ...(isFigure(pass) && { pass: pass / 100 }), ...(isFigure(average) && { average: average / 100 }) };
  });
}

/** Gym's sums overflow where rewards near the ends of float64 are added: then there is no figure. */
const isFigure = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

function agentReader(index: DatasetIndex): (row: number) => string | undefined {
  if (!index.column('agent')) return () => undefined;
  const { codes, values } = textCodes(index, 'agent');
  return (row) => (codes[row] === NO_CODE ? undefined : values[codes[row]!]);
}

function byName(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
