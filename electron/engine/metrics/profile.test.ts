import { expect, test } from 'vitest';
import { profile } from '#shared/model/profile.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { pickOf, seededRandom } from '../query/testing/random.ts';
import { withDerivedColumns } from '../select/index.ts';
import { describe, figures } from './describe.ts';
import { type ProfileOptions, profileRollouts } from './profile.ts';

function profileOf(rows: readonly MemoryRow[], filter: string[] = [], options: ProfileOptions = {}) {
  const { groups, jsonGroups, groupCount, ...rest } = profileRollouts(withDerivedColumns(memoryIndex(rows), ['f']), filter, options);
  const whole = { ...rest, groups: [...groups()] };
  expect(whole.groups).toHaveLength(groupCount);
  expect([...jsonGroups()].map((json) => JSON.parse(json))).toEqual(whole.groups);
  expect(profile.strict().parse(whole)).toEqual(whole);
  return whole;
}
const group = (task: number, rewards: readonly number[], more: object = {}): Exclude<MemoryRow, string>[] =>
  rewards.map((reward, i) => ({ _ng_task_index: task, _ng_rollout_index: i, agent: 'a', reward, ...more }));

test('the example of the documentation', () => {
  const { agents, groups } = profileOf([...group(0, [1, 1, 1, 1]), ...group(1, [0, 0, 0, 0]), ...group(2, [1, 1, 0, 0])]);
  expect(agents).toHaveLength(1);
  expect(agents[0]).toMatchObject({
    agent: 'a',
    rollouts: 12,
    tasks: 3,
    'mean/reward': 0.5,
    'median/reward': 0.5,
    'std/reward': expect.closeTo(0.522, 3),
  });
  expect(groups.map((each) => [each._ng_task_index, each['mean/reward'], each['std/reward']])).toEqual([
    [0, 1, 0],
    [1, 0, 0],
    [2, 0.5, expect.closeTo(0.577, 3)],
  ]);
});

test('usage takes the place of a field of the same name, true is 1, keys and flags are no measurements', () => {
  const { agents, groups } = profileOf([
    {
      _ng_task_index: 0,
      _ng_rollout_index: 0,
      agent: 'a',
      passed: true,
      total: 7,
      'usage.total': 70,
      'field.tokens': 3,
      mask_sample: false,
      text: 'x',
    },
    { _ng_task_index: 0, _ng_rollout_index: 1, agent: 'a', passed: false, total: 9, 'usage.total': null, list: [1] },
    { _ng_task_index: 0, _ng_rollout_index: 2, agent: 'a', passed: true, total: 5, 'reward_components.x': 1, huge: Infinity },
  ]);
  const { agent, _ng_task_index, num_rollouts, ...figures } = groups[0]!;
  expect({ agent, _ng_task_index, num_rollouts }).toEqual({ agent: 'a', _ng_task_index: 0, num_rollouts: 3 });
  expect(figures).toEqual({
    'mean/passed': 2 / 3,
    'max/passed': 1,
    'min/passed': 0,
    'median/passed': 1,
    'std/passed': expect.closeTo(Math.sqrt(1 / 3), 12),
    'mean/total': 37.5,
    'max/total': 70,
    'min/total': 5,
    'median/total': 37.5,
    'std/total': expect.closeTo(65 / Math.SQRT2, 12),
    // One value among several rollouts has no deviation.
    'mean/tokens': 3,
    'max/tokens': 3,
    'min/tokens': 3,
    'median/tokens': 3,
  });
  expect(agents[0]).toMatchObject(figures);
});

test('a single rollout deviates by 0 in what it has', () => {
  const { groups } = profileOf([{ _ng_task_index: 0, agent: 'a', reward: 0.5 }, ...group(1, [1], { other: 2 })]);
  expect(groups[0]).toEqual({
    agent: 'a',
    _ng_task_index: 0,
    num_rollouts: 1,
    'mean/reward': 0.5,
    'max/reward': 0.5,
    'min/reward': 0.5,
    'median/reward': 0.5,
    'std/reward': 0,
  });
  expect(groups[1]).toMatchObject({ 'std/reward': 0, 'std/other': 0 });
});

test('agents apart, in their order; rows without a task index are in no group', () => {
  const rows: MemoryRow[] = [
    { agent: 'z', _ng_task_index: 1, reward: 1 },
    { agent: 'z', _ng_task_index: 0, reward: 0 },
    { agent: 'b', _ng_task_index: 0, reward: 0.5 },
    { agent: 'b', task_id: 't', reward: 0.7 },
    { reward: 3 },
    { _ng_task_index: 5, reward: 4 },
    'invalid',
  ];
  const { agents, groups, ungrouped } = profileOf(rows);
  expect(agents.map((each) => [each.agent, each.rollouts, each.tasks, each['mean/reward']])).toEqual([
    ['b', 2, 1, 0.6],
    ['z', 2, 2, 0.5],
    [undefined, 2, 1, 3.5],
  ]);
  expect(groups.map((each) => [each.agent, each._ng_task_index])).toEqual([
    ['b', 0],
    ['z', 0],
    ['z', 1],
    [undefined, 5],
  ]);
  expect(ungrouped).toBe(2);
  expect(profileOf(rows, ['reward < 1'])).toMatchObject({
    ungrouped: 1,
    agents: [
      { agent: 'b', rollouts: 2 },
      { agent: 'z', rollouts: 1, tasks: 1 },
    ],
  });
});

test('left out: masked rollouts with their coverage, failures, attempts that another replaces', () => {
  const { agents, groups, ...counts } = profileOf([
    ...group(0, [1, 1]),
    { ...group(0, [0, 0, 0])[2]!, mask_sample: true },
    ...group(1, [0]).map((row) => ({ ...row, mask_sample: true })),
    ...group(2, [0, 1]).map((row) => ({ ...row, _ng_failure_class: 'timeout' })),
    { ...group(3, [0])[0]!, _ng_attempt_index: 0 },
    { ...group(3, [1])[0]!, _ng_attempt_index: 2 },
    { ...group(3, [0])[0]!, _ng_attempt_index: 1 },
    ...group(4, [1]),
    ...group(4, [0]),
  ]);
  expect(counts).toEqual({ ungrouped: 0, masked: 2, failed: 2, superseded: 2, duplicates: 1 });
  expect(agents[0]).toMatchObject({
    rollouts: 5,
    'mean/reward': 0.8,
    'coverage/measured_rollouts': 5,
    'coverage/masked_rollouts': 2,
    'coverage/measured_tasks': 3,
    'coverage/fully_masked_tasks': 1,
    'mean/_ng_attempt_index': 2,
  });
  expect(groups.map((each) => [each._ng_task_index, each.num_rollouts, each['mean/reward']])).toEqual([
    [0, 2, 1],
    [3, 1, 1],
    [4, 2, 0.5],
  ]);
});

test('pass is of rollouts in their own order, whatever the order of lines; answers are compared within a task', () => {
  const answers = ['A', 'B', 'A', null, 'C', 'D'];
  const rewards = [1, 0, 1, 0, 1, 0];
  const rows = rewards.map((reward, i): MemoryRow => ({
    _ng_task_index: i < 3 ? 0 : 1,
    _ng_rollout_index: i % 3,
    agent: 'm',
    reward,
    answered: answers[i],
    level: i < 3 ? 'easy' : 0,
  }));
  const { agents } = profileOf([...rows].reverse(), [], { answer: 'answered', subset: 'level' });
  const near = (value: number) => expect.closeTo(value, 5);
  expect(agents[0]?.pass).toMatchObject({
    'majority@1/accuracy': 50,
    'majority@2/accuracy': 75,
    'majority@3/accuracy': 75,
    'pass@2/accuracy': near(83.333333),
    'pass@3/no_answer': 50,
    'easy/pass@1/accuracy': near(66.666667),
    'easy/majority@3/accuracy': 100,
    per_sample_aggregate: { accuracy: [50, 50, 50], no_answer: [50, 0, 0] },
  });
  expect(Object.keys(agents[0]!.pass).filter((name) => name.startsWith('0/'))).toEqual([]);
  expect(() => profileOf(rows, [], { answer: 'answer' })).toThrow('Did you mean "answered"?');
  expect(() => profileOf([{ _ng_task_index: 0, reward: 1, a: [1] }], [], { answer: 'a' })).toThrow('cannot be votes');
});

function describedOf(values: readonly number[]): Record<string, number> {
  const into = new Float64Array(figures.length);
  describe(Float64Array.from(values), values.length, into, 0);
  return Object.fromEntries(figures.map((figure, i) => [figure, into[i]!]));
}

test('medians and deviations of any values in any order equal those of sorted ones', () => {
  const random = seededRandom(4);
  for (let round = 0; round < 300; round++) {
    const kinds = [() => random(), () => Math.floor(random() * 3), () => (random() - 0.5) * 1e9, () => 0.1];
    const of = pickOf(random, kinds);
    const values = Array.from({ length: 1 + Math.floor(random() * 60) }, of);
    const sorted = [...values].sort((a, b) => a - b);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const described = describedOf(values);
    expect(described.median).toBe((sorted[(values.length - 1) >> 1]! + sorted[values.length >> 1]!) / 2);
    expect(described).toMatchObject({ min: sorted[0], max: sorted.at(-1) });
    if (values.length > 1) {
      const std = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
      expect(Math.abs(described.std! - std)).toBeLessThanOrEqual(1e-9 * Math.max(std, 1e-6));
    }
  }
  // Laid out so that the median of three never halves the rest.
  const pipe = Array.from({ length: 100_000 }, (_, i) => Math.min(i, 100_000 - i));
  expect(describedOf(pipe).median).toBe(25_000);
});
