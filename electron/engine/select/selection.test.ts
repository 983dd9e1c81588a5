import { expect, test } from 'vitest';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { groupCounts, taskFigures } from './groups.ts';
import { summariseSelection } from './selection.ts';

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
const index = withDerivedColumns(memoryIndex(rows), ['f']);

test('before and after a draft', () => {
  expect(summariseSelection(index, { filter: [], draft: ['reward >= 0.5'], metric: 'reward' })).toEqual({
    rows: 7,
    before: {
      rollouts: 7,
      tasks: 4,
      tokens: 35,
      groupsWithSignal: 1,
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
      agents: [
        { agent: 'm', rollouts: 3 },
        { agent: 'n', rollouts: 1 },
      ],
    },
  });
});

test('no draft, no tokens, no such metric', () => {
  const result = summariseSelection(index, { filter: ['_ng_task_index = 1'], draft: [], metric: 'nope' });
  expect(result.after).toBeNull();
  expect(result.before).toEqual({ rollouts: 2, tasks: 1, groupsWithSignal: 0, agents: [{ agent: 'm', rollouts: 2 }] });
});

test('a group is with signal, all equal within the tolerance, or single', () => {
  const counts = groupCounts(taskFigures(index.tasks(), Uint32Array.from(rows.keys()), index.column('reward')?.numbers()));
  expect(counts).toEqual({ tasks: 4, withSignal: 1, allEqual: 1, single: 2 });
});
