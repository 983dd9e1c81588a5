import type {
  GroupFigureName,
  GroupHistogram,
  GroupRollouts,
  GroupSort,
  GroupsSummary,
  GroupTotals,
  TaskGroup,
} from '#shared/model/group.ts';
import { groupingOf } from '#shared/model/expression/index.ts';
import type { CellColumn } from '#shared/model/cell.ts';
import type { Range } from '#shared/model/query.ts';
import { numberOf, type FakeDataset } from './fake-dataset.ts';
import type { FakeRow } from './rows.ts';

interface Measure {
  readonly filter: readonly string[];
  readonly metric: string;
  readonly k: number;
  readonly passMark?: number | undefined;
}

/** Groups over rows in memory, in file order within a task; pass@k is the best of the first k, or whether any passes. */
export function fakeGroups(dataset: FakeDataset, { filter, metric, k, passMark = 0.5 }: Measure): TaskGroup[] {
  const tasks = new Map<string, FakeRow[]>();
  const by = groupingOf(filter) ?? 'task';
  for (const row of dataset.select(filter)) tasks.set(String(row[by]), [...(tasks.get(String(row[by])) ?? []), row]);
  return [...tasks].map(([task, rows]) => groupOf(dataset, task, rows, { metric, k, passMark }));
}

function groupOf(
  dataset: FakeDataset,
  task: string,
  rows: readonly FakeRow[],
  { metric, k, passMark }: { metric: string; k: number; passMark: number },
): TaskGroup {
  const values = rows.flatMap((row) => numberOf(row[metric]));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.max(...values) - Math.min(...values);
  const [head] = rows;
  return {
    task,
    first: dataset.all.findIndex((row) => String(row.task) === task),
    agent: String(head?.agent),
    prompt: String(head?.prompt),
    size: rows.length,
    count: values.length,
    ...(values.length > 0 && { mean, min: Math.min(...values), max: Math.max(...values), passAt1: values[0] ?? 0 }),
    ...(values.length > 1 && { std: deviation(values) }),
    ...(values.length >= k && { passAtK: Math.max(...values.slice(0, k)) }),
    passed: values.filter((value) => value >= passMark).length,
    binary: values.every((value) => value === 0 || value === 1),
    state: values.length < 2 ? 'single' : spread > 1e-6 ? 'alive' : 'dead',
    rows: rows.map((row) => dataset.all.indexOf(row)),
    rollouts: rows.map((row) => (typeof row.rollout === 'number' ? row.rollout : null)),
    values: rows.map((row) => numberOf(row[metric])[0] ?? null),
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

export function figureOf(group: TaskGroup, figure: GroupFigureName): number | undefined {
  const { min, max, mean, std } = group;
  switch (figure) {
    case 'range':
    case 'advantageMin':
    case 'advantageMax':
    case 'centredMin':
    case 'centredMax': {
      if (min === undefined || max === undefined || mean === undefined) return undefined;
      if (figure === 'range') return max - min;
      const centred = (figure.endsWith('Min') ? min : max) - mean;
      return figure.startsWith('centred') ? centred : group.state === 'alive' ? centred / (std ?? 1) : 0;
    }
    default:
      return group[figure];
  }
}

function keyBy(group: TaskGroup, by: GroupSort['by']): number | string | undefined {
  switch (by) {
    case 'task':
      return group.first;
    case 'agent':
    case 'missing':
      return group[by];
    case 'state':
      return { single: undefined, dead: 0, alive: 1 }[group.state];
    default:
      return figureOf(group, by);
  }
}

export function sortedGroups(groups: readonly TaskGroup[], { by, descending }: GroupSort): TaskGroup[] {
  const keyOf = (group: TaskGroup): number | string | undefined => keyBy(group, by);
  return [...groups].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (x === y) return a.first - b.first;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return (x < y ? -1 : 1) * (descending ? -1 : 1);
  });
}

export function fakeRollouts(
  dataset: FakeDataset,
  { filter, metric, row, range, columns }: Omit<Measure, 'k'> & { row: number; range: Range; columns: readonly string[] },
): GroupRollouts {
  const group = fakeGroups(dataset, { filter, metric, k: 1 }).find(({ task }) => task === String(dataset.row(row).task));
  const window = <T>(items: readonly T[]): T[] => items.slice(range.start, range.end);
  if (group === undefined) return { total: 0, rows: [], rollouts: [], values: [], centred: [], advantages: [], columns: [] };
  const { mean = 0, std = 1, state } = group;
  const centred = group.values.map((value) => (value === null ? null : state === 'alive' ? value - mean : 0));
  return {
    total: group.size,
    rows: window(group.rows),
    rollouts: window(group.rollouts),
    values: window(group.values),
    centred: window(centred),
    advantages: window(centred.map((value) => (value === null ? null : value / (std === 0 ? 1 : std)))),
    columns: columns.map((name): CellColumn => {
      const cells = window(group.rows).map((at) => dataset.row(at)[name]);
      return { name, values: cells.map((cell) => cell ?? null), absent: cells.flatMap((cell, at) => (cell === undefined ? [at] : [])) };
    }),
  };
}

export function fakeSummary(dataset: FakeDataset, measure: Measure): GroupsSummary {
  const groups = fakeGroups(dataset, measure);
  const rollouts = groups.reduce((sum, { size }) => sum + size, 0);
  const isIndexed = groupingOf(measure.filter) === undefined && groups.some((group) => group.rollouts[0] !== null);
  const agents = [...new Set(groups.map(({ agent }) => agent ?? ''))].sort();
  return {
    total: totalsOf(groups),
    agents: agents.map((agent) => ({ agent, ...totalsOf(groups.filter((group) => group.agent === agent)) })),
    binary: groups.every(({ binary }) => binary),
    leftOut: 0,
    ...(isIndexed ? { indexed: rollouts, unindexed: 0 } : { indexed: 0, unindexed: rollouts }),
  };
}

function totalsOf(groups: readonly TaskGroup[]): GroupTotals {
  const sizes = groups.map(({ size }) => size);
  const stds = groups.flatMap(({ std }) => (std === undefined ? [] : [std]));
  const firsts = groups.flatMap(({ values }) => (typeof values[0] === 'number' ? [values[0]] : []));
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    tasks: groups.length,
    rollouts: sizes.reduce((sum, size) => sum + size, 0),
    smallest: sizes.length === 0 ? 0 : Math.min(...sizes),
    largest: Math.max(0, ...sizes),
    alive: groups.filter(({ state }) => state === 'alive').length,
    dead: groups.filter(({ state }) => state === 'dead').length,
    single: groups.filter(({ state }) => state === 'single').length,
    deadPassing: groups.filter(({ state, min }) => state === 'dead' && (min ?? 0) >= 0.5).length,
    ...(stds.length > 0 && { meanStd: average(stds) }),
    pass: firsts.length === 0 ? [] : [{ k: 1, pass: average(firsts), average: average(firsts) }],
  };
}

export function fakeGroupHistogram(dataset: FakeDataset, measure: Measure, figure: GroupFigureName): GroupHistogram {
  const values = fakeGroups(dataset, measure).flatMap((group) => figureOf(group, figure) ?? []);
  const edges = [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
  const counts = edges
    .slice(1)
    .map((high, bin) => values.filter((value) => value >= (edges[bin] ?? 0) && value < high + Number(high === 1)).length);
  return { edges, counts, count: values.length };
}
