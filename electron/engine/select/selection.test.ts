import { expect, test } from 'vitest';
import type { TaskGroup } from '#shared/model/group.ts';
import { filterRows } from '../query/index.ts';
import { pickOf, seededRandom } from '../query/testing/random.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { expectGroupSizes } from './group-sizes.ts';
import { groupCounts, taskFigures } from './groups.ts';
import { ktoLabels, Label } from './kto.ts';
import { pairsOfTask } from './pairs.ts';
import { summariseSelection } from './selection.ts';
import { pageGroups } from './task-groups.ts';

const rows: MemoryRow[] = [
  { agent: 'm', _ng_task_index: 0, reward: 0, tokens: 10 },
  { agent: 'm', _ng_task_index: 0, reward: 1, tokens: 20 },
  { agent: 'm', _ng_task_index: 1, reward: 0.5 },
  { agent: 'm', _ng_task_index: 1, reward: 0.5 + 1e-7 },
  { agent: 'n', _ng_task_index: 0, reward: 1, tokens: 5 },
  { agent: 'n', _ng_task_index: 0, reward: null },
  { _ng_task_index: 3, reward: true },
  'invalid',
];
const index = withDerivedColumns(memoryIndex(rows.map((row, i) => (row === 'invalid' ? row : { ...row, answer_hash: i }))), ['f']);

test('before and after a draft', () => {
  expect(summariseSelection(index, { filter: [], draft: ['reward >= 0.5'], metric: 'reward' })).toEqual({
    rows: 7,
    before: {
      rollouts: 7,
      tasks: 4,
      tokens: 35,
      groupsWithSignal: 1,
      groupsAllEqual: 1,
      groupsSingle: 2,
      pairs: { margin: 0.1, bestWorst: 1, all: 1, split: { bestWorst: 1, all: 1 } },
      labels: { passMark: 0.5, good: 5, bad: 1 },
      agents: [
        { agent: 'm', rollouts: 4 },
        { agent: 'n', rollouts: 2 },
      ],
    },
    after: {
      rollouts: 5,
      tasks: 4,
      tokens: 25,
      groupsWithSignal: 0,
      groupsAllEqual: 1,
      groupsSingle: 3,
      pairs: { margin: 0.1, bestWorst: 0, all: 0, split: { bestWorst: 0, all: 0 } },
      labels: { passMark: 0.5, good: 5, bad: 0 },
      agents: [
        { agent: 'm', rollouts: 3 },
        { agent: 'n', rollouts: 1 },
      ],
    },
  });
});

test('a metric that is computed has its groups, pairs and labels', () => {
  const request = { filter: [], draft: ['reward * 2 >= 1'], passMark: 1.5 };
  const doubled = summariseSelection(index, { ...request, metric: 'reward * 2' });
  const plain = summariseSelection(index, { ...request, metric: 'reward', passMark: 0.75, margin: 0.05 });
  expect(doubled.before.groupsWithSignal).toBe(1);
  for (const part of ['before', 'after'] as const) {
    expect(doubled[part]).toEqual({
      ...plain[part],
      pairs: { ...plain[part]?.pairs, margin: 0.1 },
      labels: { ...plain[part]?.labels, passMark: 1.5 },
    });
  }
});

test('no draft, no tokens, no such metric', () => {
  const result = summariseSelection(index, { filter: ['_ng_task_index = 1'], draft: [], metric: 'nope' });
  expect(result.after).toBeNull();
  expect(result.before).toEqual({
    rollouts: 2,
    tasks: 1,
    groupsWithSignal: 0,
    groupsAllEqual: 0,
    groupsSingle: 1,
    pairs: { margin: 0.1, bestWorst: 0, all: 0, split: { bestWorst: 0, all: 0 } },
    labels: { passMark: 0.5, good: 0, bad: 0 },
    agents: [{ agent: 'm', rollouts: 2 }],
  });
});

test('a group is with signal, all equal within the tolerance, or single', () => {
  const counts = groupCounts(taskFigures(index.tasks(), Uint32Array.from(rows.keys()), index.column('reward')?.numbers()));
  expect(counts).toEqual({ tasks: 4, withSignal: 1, allEqual: 1, single: 2 });
});

const random = seededRandom(12);
const many = Array.from({ length: 600 }, (_, i): MemoryRow => {
  if (i % 50 === 49) return 'invalid';
  const reward = pickOf(random, [0, 0.3, 0.35, 0.9, 1, null, Infinity, 0.3 + 1e-7]);
  const hashes = {
    prompt_hash: pickOf(random, [1, 1, 1, 2]),
    tools_hash: pickOf(random, [NaN, NaN, 3]),
    answer_hash: pickOf(random, [NaN, 4, 5, 6, 10 + i, 10 + i]),
  };
  return {
    agent: pickOf(random, ['m', 'n']),
    _ng_task_index: Math.floor(random() * 90),
    turns: i % 7,
    ...hashes,
    ...(reward !== null && { reward }),
  };
});
const large = withDerivedColumns(memoryIndex(many), ['f']);
const metric = large.column('reward')!.numbers();
const hashOf = (row: number, name: string): string => String(Object.entries(many[row] ?? {}).find(([key]) => key === name)?.[1]);
const names: string[] = [];
const numberOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
const apart = {
  prompt: (row: number) => numberOf(hashOf(row, 'prompt_hash')),
  tools: (row: number) => numberOf(hashOf(row, 'tools_hash')),
  answer: (row: number) => numberOf(hashOf(row, 'answer_hash')),
};

test.each([[[]], [['turns < 3']], [['turns < 3', 'reward > 0.2']], [['turns > 9']]])(
  'what panels count is what exports take, of %j',
  (filter) => {
    const rows = filterRows(large, filter);
    const tasks = large.tasks();
    const groups = Array.from({ length: tasks.count }, (_, task) => rows.filter((row) => tasks.taskOf[row] === task));
    for (const margin of [0, 0.05, 0.6]) {
      const { before } = summariseSelection(large, { filter, draft: [], metric: 'reward', margin, passMark: 0.3 });
      const pairs = (strategy: 'best-worst' | 'all') =>
        groups.flatMap((group) => pairsOfTask(group, metric, apart, { strategy, margin, cap: Infinity }));
      const split = (strategy: 'best-worst' | 'all') =>
        pairs(strategy).filter(({ chosen, rejected }) => metric[chosen]! >= 0.3 && metric[rejected]! < 0.3).length;
      expect(before.pairs).toEqual({
        margin,
        bestWorst: pairs('best-worst').length,
        all: pairs('all').length,
        split: { bestWorst: split('best-worst'), all: split('all') },
      });
      const labels = ktoLabels(rows, tasks.taskOf, metric, { threshold: 0.3, deadBand: 0 });
      const countOf = (label: number) => labels.filter((each) => each === label).length;
      expect(before.labels).toEqual({ passMark: 0.3, good: countOf(Label.good), bad: countOf(Label.bad) });
      const counts = groupCounts(taskFigures(tasks, rows, metric));
      expect([before.tasks, before.groupsWithSignal, before.groupsAllEqual, before.groupsSingle]).toEqual([
        counts.tasks,
        counts.withSignal,
        counts.allEqual,
        counts.single,
      ]);
    }
  },
);

test('a summary that followed other drafts is that of an index which saw none', () => {
  const walked = withDerivedColumns(memoryIndex(many), ['f']);
  for (let step = 0; step < 60; step++) {
    const request = {
      filter: step % 20 === 19 ? ['turns < 5'] : [],
      draft: [pickOf(random, ['reward >= 0.3', 'reward >= 0.32', 'reward > 0.9', 'turns = 2', 'reward < 0', 'turns < 6'])],
      metric: 'reward',
      passMark: pickOf(random, [0.3, 0.3, 0.9]),
    };
    expect(summariseSelection(walked, request)).toEqual(summariseSelection(withDerivedColumns(memoryIndex(many), ['f']), request));
  }
});

test('a page of groups: figures of what the filter keeps, in any order, ties as in the files', () => {
  const filter = ['turns < 5'];
  const kept = filterRows(large, filter);
  const tasks = large.tasks();
  const plain = Array.from({ length: tasks.count }, (_, task) => [...kept].filter((row) => tasks.taskOf[row] === task)).filter(
    (rows) => rows.length > 0,
  );
  const page = (by: 'task' | 'mean' | 'std' | 'passAtK' | 'range' | 'advantageMax', descending: boolean, range = { start: 0, end: 1000 }) =>
    pageGroups(large, { filter, metric: 'reward', k: 2, passMark: 0.5, sort: { by, descending }, range });
  const figure = (group: TaskGroup, by: 'mean' | 'std' | 'passAtK' | 'range' | 'advantageMax'): number | undefined => {
    if (by !== 'range' && by !== 'advantageMax') return group[by];
    if (group.min === undefined || group.max === undefined || group.mean === undefined) return undefined;
    if (by === 'range') return group.max - group.min;
    return group.state === 'alive' ? (group.max - group.mean) / (group.std ?? Number.NaN) : 0;
  };
  const { total, groups } = page('task', false);
  expect([total, groups.length]).toEqual([plain.length, plain.length]);
  groups.forEach((group, i) => {
    const rows = plain[i]!;
    const values = rows.map((row) => metric[row]!).filter(Number.isFinite);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const passed = values.filter((value) => value >= 0.5).length;
    expect(group.rows).toEqual(rows);
    expect(group.values).toEqual(rows.map((row) => (Number.isFinite(metric[row]) ? metric[row] : null)));
    expect(group).toMatchObject({ size: rows.length, count: values.length, passed });
    if (values.length === 0) return expect(group).not.toHaveProperty('mean');
    expect(group.mean).toBeCloseTo(mean, 12);
    expect([group.min, group.max]).toEqual([Math.min(...values), Math.max(...values)]);
    if (values.length > 1)
      expect(group.std).toBeCloseTo(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)), 12);
    const spread = Math.max(...values) - Math.min(...values);
    expect(group.state).toBe(values.length < 2 ? 'single' : spread > 1e-6 ? 'alive' : 'dead');
    const none = ((values.length - passed) * (values.length - passed - 1)) / (values.length * (values.length - 1));
    const binary = values.every((value) => value === 0 || value === 1);
    expect(group.binary).toBe(binary);
    expect(group.passAt1).toBeCloseTo(binary ? passed / values.length : values[0]!, 12);
    const ofTwo = binary ? 1 - none : Math.max(...values.slice(0, 2));
    expect(group.passAtK).toEqual(values.length < 2 ? undefined : expect.closeTo(ofTwo, 12));
  });
  for (const by of ['mean', 'std', 'passAtK', 'range', 'advantageMax'] as const) {
    for (const descending of [false, true]) {
      const sign = descending ? -1 : 1;
      const expected = groups
        .map((group, i) => ({ i, value: figure(group, by) }))
        .sort((a, b) =>
          (a.value ?? Infinity) === (b.value ?? Infinity)
            ? a.i - b.i
            : a.value === undefined
              ? 1
              : b.value === undefined
                ? -1
                : sign * (a.value - b.value),
        );
      expect(page(by, descending).groups.map(({ rows }) => rows[0])).toEqual(expected.map(({ i }) => groups[i]!.rows[0]));
    }
  }
  expect(page('mean', true, { start: 3, end: 5 }).groups).toEqual(page('mean', true).groups.slice(3, 5));
  expect(page('task', false, { start: 5000, end: 5010 })).toMatchObject({ total, groups: [] });
});

test('other group sizes: of the tasks with two values or more that the filter keeps, marked where they are too small', () => {
  const group = (task: number, rewards: readonly number[]): MemoryRow[] => rewards.map((reward) => ({ _ng_task_index: task, reward }));
  const small = withDerivedColumns(memoryIndex([...group(0, [0, 1, 9]), ...group(1, [1, 1, 1]), ...group(2, [1]), ...group(3, [5, 5])]), [
    'f',
  ]);
  const sizes = (filter: string[]) => expectGroupSizes(small, { filter, metric: 'reward', sizes: [2, 3] });
  expect(sizes(['reward < 5'])).toEqual([
    { size: 2, tasks: 2, extrapolated: 0, deadShare: 0.5 },
    { size: 3, tasks: 2, extrapolated: 1, deadShare: expect.closeTo((0.25 + 1) / 2, 12) },
  ]);
  expect(sizes(['reward > 100'])).toEqual([
    { size: 2, tasks: 0, extrapolated: 0 },
    { size: 3, tasks: 0, extrapolated: 0 },
  ]);
});
