import { expect, test } from 'vitest';
import { groupingOf } from '#shared/model/expression/index.ts';
import { finish } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { groupHistogramInSteps } from './group-histogram.ts';
import { readGroupRollouts } from './group-rollouts.ts';
import { findGroupInSteps, type GroupsRequest, pageGroups } from './task-groups.ts';

/** A rollout of task `task`, as rollout `rollout`. */
const row = (task: number, rollout: number, reward: number | null, agent = 'a'): MemoryRow => ({
  _ng_task_index: task,
  rollout,
  agent,
  reward,
  prompt: `task ${task}`,
});
const index = withDerivedColumns(
  memoryIndex([
    row(7, 2, 0.25),
    row(7, 0, 0.75),
    row(3, 1, 1, 'b'),
    row(7, 1, 0.5),
    row(3, 0, 0, 'b'),
    row(9, 0, 0.4),
    row(9, 1, null),
    row(5, 0, 1),
    row(5, 1, 1),
    row(5, 1, 1),
  ]),
  ['f'],
);
const request: GroupsRequest = { filter: [], metric: 'reward', k: 2, passMark: 0.5, sort: { by: 'task', descending: false } };
const all = { start: 0, end: 100 };
const order = (by: 'agent' | 'missing' | 'centredMin', descending = false) =>
  pageGroups(index, { ...request, sort: { by, descending }, plan, range: all }).groups.map(({ task }) => task);
const plan = { version: '1', count: (task: string) => ({ 7: 3, 3: 4, 5: 4 })[task] };

test('rollouts stand by their index; pass@k of values that are not 0 or 1 is the best of the first k', () => {
  const { groups } = pageGroups(index, { ...request, range: all });
  expect(groups[0]).toMatchObject({
    task: '7',
    first: 0,
    agent: 'a',
    prompt: 'task 7',
    rows: [1, 3, 0],
    rollouts: [0, 1, 2],
    values: [0.75, 0.5, 0.25],
    binary: false,
    passAt1: 0.75,
    passAtK: 0.75,
    passed: 2,
  });
  expect(groups[1]).toMatchObject({ task: '3', first: 2, rows: [4, 2], binary: true, passAt1: 0.5, passAtK: 1 });
  expect(groups[2]).toMatchObject({ task: '9', size: 2, count: 1, passAt1: 0.4, state: 'single', values: [0.4, null] });
  expect(groups[2]).not.toHaveProperty('passAtK');
  expect(groups[2]).not.toHaveProperty('expected');
});

test('what was planned and is not there: attempts of one rollout are one, a filter takes nothing away', () => {
  const { groups } = pageGroups(index, { ...request, filter: ['reward > 0.3'], plan, range: all });
  expect(groups.map(({ task, size, expected, missing }) => [task, size, expected, missing])).toEqual([
    ['7', 2, 3, 0],
    ['3', 1, 4, 2],
    ['9', 1, undefined, undefined],
    ['5', 3, 4, 2],
  ]);
});

test('order: by agent, by what is missing, by what training subtracts; without the figure last', () => {
  expect(order('agent', true)).toEqual(['3', '7', '9', '5']);
  expect(order('missing', true)).toEqual(['3', '5', '7', '9']);
  expect(order('missing')).toEqual(['7', '3', '5', '9']);
  expect(order('centredMin')).toEqual(['3', '7', '9', '5']);
});

test('where the task of a row stands, kept or not', () => {
  const find = (filter: string[], at: number) => finish(findGroupInSteps(index, { ...request, filter, row: at }));
  expect([find([], 6), find(['reward = 1'], 4), find(['reward = 1'], 0), find([], 9_999)]).toEqual([2, 0, null, null]);
});

test('the rollouts of a task: a window of them, with their advantages', () => {
  const read = (range: { start: number; end: number }, tolerance?: number) =>
    readGroupRollouts(index, { filter: [], metric: 'reward', row: 3, range, columns: ['agent', 'nothing'], tolerance });
  expect(read(all)).toEqual({
    total: 3,
    rows: [1, 3, 0],
    rollouts: [0, 1, 2],
    values: [0.75, 0.5, 0.25],
    centred: [0.25, 0, -0.25],
    advantages: [1, 0, -1],
    columns: [
      { name: 'agent', values: ['a', 'a', 'a'], absent: [] },
      { name: 'nothing', values: [null, null, null], absent: [0, 1, 2] },
    ],
  });
  expect(read({ start: 1, end: 2 })).toMatchObject({ total: 3, rows: [3], values: [0.5], advantages: [0] });
  expect(read(all, 0.5).advantages).toEqual([0, 0, 0]);
});

test('how groups are spread over a figure: those that have it', () => {
  const spread = (figure: 'std' | 'mean', filter: string[] = []) =>
    finish(groupHistogramInSteps(index, { filter, metric: 'reward', k: 1 }, figure));
  const { edges, counts, count, mean, p50 } = spread('mean');
  expect([count, counts.reduce((sum, each) => sum + each), edges.length - counts.length]).toEqual([4, 4, 1]);
  expect([mean, p50]).toEqual([expect.closeTo(0.6, 12), 0.5]);
  expect(spread('std').count).toBe(3);
  expect(spread('mean', ['reward > 5'])).toEqual({ edges: [0, 1], counts: [0], count: 0 });
});

test('grouped by another column, or by equal requests, as a condition says', () => {
  const requests = [{ input: [{ role: 'user', content: 'one' }] }, { input: [{ role: 'user', content: 'two' }] }];
  const plain = withDerivedColumns(
    memoryIndex([
      { _ng_task_index: 0, agent: 'a', topic: 'x', reward: 0, responses_create_params: requests[0] },
      { _ng_task_index: 1, agent: 'a', topic: 'x', reward: 1, responses_create_params: requests[1] },
      { _ng_task_index: 2, agent: 'a', topic: 'y', reward: 1, responses_create_params: requests[0] },
      { _ng_task_index: 3, agent: 'b', topic: 'x', reward: 1, responses_create_params: requests[1] },
      { _ng_task_index: 4, agent: 'a', reward: 1, responses_create_params: requests[1] },
    ]),
    ['f'],
  );
  const groups = (filter: string[]) =>
    pageGroups(plain.groupedBy(groupingOf(filter)), { ...request, filter, range: all }).groups.map(({ task, rows }) => [task, rows]);
  expect(groups([])).toEqual([0, 1, 2, 3, 4].map((row) => [String(row), [row]]));
  expect(groups(['group by topic'])).toEqual([
    ['x', [0, 1]],
    ['y', [2]],
    ['x', [3]],
    ['line 5', [4]],
  ]);
  // Conditions on groups are of these groups.
  expect(groups(['group by topic and reward = 1', 'group.signal'])).toEqual([['x', [1]]]);
  expect(plain.groupedBy(undefined)).toBe(plain);
  expect(plain.groupedBy('topic')).toBe(plain.groupedBy('topic'));
  expect(groups(['group by prompt']).map(([, rows]) => rows)).toEqual([
    [0, 2],
    [1, 3, 4],
  ]);
});

test('pass@k in conditions is that of the list', () => {
  const kept = (condition: string) => pageGroups(index, { ...request, filter: [condition], range: all }).groups.map(({ task }) => task);
  expect(kept('group.pass@2 = 1')).toEqual(['3', '5']);
  expect(kept('group.pass@1 between 0.45 and 0.8')).toEqual(['7', '3']);
  expect(kept('missing `group.pass@2`')).toEqual(['9']);
});

test('rewards at the ends of float64 have figures as any others, none of them infinite', () => {
  const values = [
    [0, 1e308],
    [0, -1e308],
    [0, 1e308],
    [1, 1e308],
    [1, 1e308],
  ] as const;
  const extreme = withDerivedColumns(memoryIndex(values.map(([task, reward], rollout) => row(task, rollout, reward))), ['f']);
  const { groups } = pageGroups(extreme, { ...request, range: all });
  expect(groups[0]).toMatchObject({
    state: 'alive',
    mean: expect.closeTo(1e308 / 3, -295),
    std: expect.closeTo((2 / Math.sqrt(3)) * 1e308, -295),
  });
  expect(groups[1]).toMatchObject({ state: 'dead', mean: 1e308, std: 0 });
  const { advantages } = readGroupRollouts(extreme, { filter: [], metric: 'reward', row: 0, range: all, columns: [] });
  expect(advantages).toEqual([
    expect.closeTo(1 / Math.sqrt(3), 12),
    expect.closeTo(-2 / Math.sqrt(3), 12),
    expect.closeTo(1 / Math.sqrt(3), 12),
  ]);
  for (const figure of ['mean', 'std', 'range'] as const) {
    const histogram = finish(groupHistogramInSteps(extreme, request, figure));
    expect([...histogram.edges, histogram.mean ?? 0].every(Number.isFinite)).toBe(true);
  }
});
