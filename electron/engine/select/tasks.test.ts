import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { filterRows, queryRows } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { heldBytes } from '../rollout/index.ts';
import { requestHash } from './request-hash.ts';
import { NO_TASK } from './tasks.ts';

const request = (input: unknown, more: object = {}) => ({ responses_create_params: { input, ...more } });

test('the agent with the task index comes first, then explicit ids in their order', () => {
  const rows: MemoryRow[] = [
    { agent: 'a', _ng_task_index: 0, task_id: 'x' },
    { agent: 'a', _ng_task_index: 0, task_id: 'y' },
    { agent: 'b', _ng_task_index: 0 },
    { _ng_task_index: 0 },
    { agent: 'a', _ng_task_index: null, task_id: 't', problem_id: 'p' },
    { agent: 'a', problem_id: 't' },
    { agent: 'a', task_id: '', instance_id: 7 },
    { agent: 'a', task_id: '0' },
    'invalid',
  ];
  const tasks = withDerivedColumns(memoryIndex(rows), ['f']).tasks();
  expect([...tasks.taskOf]).toEqual([0, 0, 1, 2, 3, 3, 4, 5, NO_TASK]);
  expect(Array.from({ length: tasks.count }, (_, task) => tasks.label(task))).toEqual(['0', '0', '0', 't', '7', '0']);
  expect([...tasks.rowsOf(0)]).toEqual([0, 1]);
  expect([...tasks.rowsOf(5)]).toEqual([7]);
});

test('equal requests are one task; an empty input is none', () => {
  const tool = { type: 'function', name: 'f' };
  const lines = [
    request([{ role: 'user', content: 'hi' }], { tools: [tool], temperature: 1 }),
    request([{ content: 'hi', role: 'user' }], { temperature: 0, tools: [{ name: 'f', type: 'function' }], instructions: null }),
    request([{ role: 'user', content: 'hi' }]),
    request('hi'),
    request(''),
    request([]),
    { reward: 1 },
    request([{ role: 'user', content: 'hi' }], { instructions: 'be brief' }),
  ];
  const index = withDerivedColumns(
    memoryIndex(
      lines.map(() => ({ reward: 1 })),
      { lines },
    ),
    ['f'],
  );
  const tasks = index.tasks();
  expect([...tasks.taskOf]).toEqual([0, 0, 1, 2, 3, 4, 5, 6]);
  const hash = createHash('sha256').update('{"input":"hi"}').digest('hex');
  expect(tasks.label(2)).toBe(hash.slice(0, 12));
  expect(tasks.label(3)).toBe('line 5');
  expect(index.column('task')?.cell(3)).toBe(hash.slice(0, 12));
});

test('a request nested beyond the stack is a task of its own', () => {
  const deep = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
  expect(requestHash(heldBytes(Buffer.from(`{"responses_create_params":{"input":${deep}}}`)))).toBeUndefined();
});

test('goes on numbering when the index grows', () => {
  const memory = memoryIndex([{ _ng_task_index: 5 }, { _ng_task_index: 6 }]);
  const index = withDerivedColumns(memory, ['f']);
  expect([...index.tasks().taskOf]).toEqual([0, 1]);
  memory.grow([{ _ng_task_index: 6 }, { task_id: 'new' }]);
  expect([...index.tasks().taskOf]).toEqual([0, 1, 1, 2]);
  expect([...index.tasks().rowsOf(1)]).toEqual([1, 2]);
  expect([...filterRows(index, ['group.size = 2'])]).toEqual([1, 2]);
});

test('line, file and task are columns like any other, first in their order', () => {
  const rows: MemoryRow[] = [
    { x: 1, agent: 'm', _ng_task_index: 1 },
    'invalid',
    { x: 2, _ng_task_index: 10 },
    { x: 3, rollout: 0, _ng_task_index: 2 },
  ];
  const index = withDerivedColumns(memoryIndex(rows, { fileStarts: [0, 2] }), ['a.jsonl', 'b.jsonl']);
  expect(index.columns().map(({ name }) => name)).toEqual(['line', 'file', 'task', 'rollout', 'agent', 'x', '_ng_task_index']);
  const cells = (name: string) => [0, 1, 2, 3].map((row) => index.column(name)?.cell(row));
  expect(cells('line')).toEqual([1, undefined, 1, 2]);
  expect(cells('file')).toEqual(['a.jsonl', undefined, 'b.jsonl', 'b.jsonl']);
  expect(cells('task')).toEqual(['1', undefined, '10', '2']);
  expect([...filterRows(index, ['file = "b.jsonl"', 'line <= 1'])]).toEqual([2]);
  expect([...filterRows(index, ['task in ("1", "2")'])]).toEqual([0, 3]);
  expect([...queryRows(index, { filter: [], sort: [{ column: 'file', descending: true }] })]).toEqual([2, 3, 0]);
  expect(index.column('task')?.info()).toEqual({ name: 'task', kind: 'string', derived: true, present: 3, nulls: 0, missing: 0 });
});

test('tasks numbered in steps are those numbered at once, and the steps are short', () => {
  const rows = Array.from({ length: 1000 }, (_, i): MemoryRow => ({ reward: i }));
  const lines = rows.map((_, i) => request(`question ${i >> 2}`));
  const inSteps = withDerivedColumns(memoryIndex(rows, { lines }), ['f']);
  expect(inSteps.lacksTaskNames()).toBe(true);
  const steps = [...inSteps.numberTasks()];
  expect(steps.length).toBeGreaterThan(50);
  const atOnce = withDerivedColumns(memoryIndex(rows, { lines }), ['f']).tasks();
  expect(inSteps.tasks().taskOf).toEqual(atOnce.taskOf);
  expect(atOnce.count).toBe(250);
  const named = Array.from({ length: 1000 }, (_, i): MemoryRow => ({ _ng_task_index: i >> 2 }));
  expect(withDerivedColumns(memoryIndex(named), ['f']).lacksTaskNames()).toBe(false);
});
