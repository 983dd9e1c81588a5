import { expect, test } from 'vitest';
import { finish } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from '../select/index.ts';
import { groupsSummary } from './group-summary.ts';
import { profileRollouts } from './profile.ts';

const tasksOf = (
  agent: string,
  rewards: readonly (readonly number[])[],
  more: Readonly<Record<string, number | boolean>> = {},
): MemoryRow[] =>
  rewards.flatMap((of, task) =>
    of.map((reward, rollout) => ({ agent, _ng_task_index: task, _ng_rollout_index: rollout, rollout, reward, ...more })),
  );
const summaryOf = (rows: readonly MemoryRow[], filter: string[] = []) =>
  finish(groupsSummary.steps(withDerivedColumns(memoryIndex([...rows]), ['f']), { filter, metric: 'reward', k: 1 }));

test("the example of Gym's documentation: pass@k and avg@k over the tasks", () => {
  const { total, binary, agents } = summaryOf(
    tasksOf('m', [
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [1, 0, 1, 0],
    ]),
  );
  const close = (percent: number) => expect.closeTo(percent / 100, 7);
  expect(total.pass).toEqual([
    { k: 1, pass: close(50), average: close(200 / 3) },
    { k: 2, pass: close(61.111111), average: close(50) },
    { k: 4, pass: close(66.666667), average: close(50) },
  ]);
  expect(total).toMatchObject({
    tasks: 3,
    rollouts: 12,
    smallest: 4,
    largest: 4,
    alive: 1,
    dead: 2,
    single: 0,
    deadPassing: 1,
    min: 0,
    max: 1,
  });
  expect(total.meanStd).toBeCloseTo(Math.sqrt(1 / 3) / 3, 12);
  expect([binary, agents]).toEqual([true, [{ agent: 'm', ...total }]]);
});

test('by agent as in its profile; masked rollouts are in no pass@k, but in the groups', () => {
  const rows = [
    ...tasksOf('b', [
      [0.2, 0.9],
      [0.5, 0.5],
    ]),
    ...tasksOf('a', [[1, 0, 0], [1]]),
    ...tasksOf('a', [[1]], { _ng_task_index: 8, mask_sample: true }),
  ];
  const { agents, leftOut, indexed, unindexed, binary, total } = summaryOf(rows);
  expect([leftOut, indexed, unindexed, binary, total.tasks]).toEqual([1, 8, 0, false, 5]);
  const profile = profileRollouts(withDerivedColumns(memoryIndex(rows), ['f']), []);
  expect(agents.map(({ agent }) => agent)).toEqual(['a', 'b']);
  for (const { agent, pass } of agents) {
    const known = profile.agents.find((each) => each.agent === agent)?.pass ?? {};
    for (const { k, pass: value, average } of pass) {
      expect(value).toBeCloseTo(Number(known[`pass@${k}/accuracy`]) / 100, 12);
      expect(average).toBeCloseTo(Number(known[`pass@1[avg-of-${k}]/accuracy`]) / 100, 12);
    }
  }
  expect(agents.map(({ pass }) => pass.map(({ k }) => k))).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
});

test('without task indices pass@k is over the tasks of the list; a filter takes rollouts out of all figures', () => {
  const rows: MemoryRow[] = [
    { task_id: 'x', reward: 1 },
    { task_id: 'x', reward: 0 },
    { task_id: 'y', reward: 0 },
  ];
  expect(summaryOf(rows)).toMatchObject({
    indexed: 0,
    unindexed: 3,
    total: {
      tasks: 2,
      pass: [
        { k: 1, pass: 0.25 },
        { k: 2, pass: 1 },
      ],
    },
  });
  expect(summaryOf(rows, ['reward = 0']).total).toMatchObject({ tasks: 2, rollouts: 2, single: 2, pass: [{ k: 1, pass: 0, average: 0 }] });
  expect(summaryOf(rows, ['reward > 1']).total).toEqual({
    tasks: 0,
    rollouts: 0,
    smallest: 0,
    largest: 0,
    alive: 0,
    dead: 0,
    single: 0,
    deadPassing: 0,
    pass: [],
  });
});

test('groups that a condition makes are not those of Gym', () => {
  const rows = tasksOf('m', [[1, 0], [1]]).map((row, i) => ({ ...(typeof row === 'object' ? row : {}), topic: i < 2 ? 'x' : 'y' }));
  const index = withDerivedColumns(memoryIndex(rows), ['f']);
  const filter = ['group by topic'];
  const { indexed, total } = finish(groupsSummary.steps(index.groupedBy('topic'), { filter, metric: 'reward', k: 1 }));
  expect([indexed, total.tasks, total.pass[0]?.pass]).toEqual([0, 2, 0.75]);
});
