import { expect, test } from 'vitest';
import { stats } from '#shared/model/stats.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { withDerivedColumns } from '../select/index.ts';
import { computeStats } from './stats.ts';

const rows: MemoryRow[] = [
  { reward: 1, _ng_task_index: 0, passed: true, mixed: 1, s: 'x' },
  { reward: 0, _ng_task_index: 0, passed: false, mixed: 'a' },
  'invalid',
  { reward: null, _ng_task_index: 1, s: null },
  { reward: 0.5, _ng_task_index: 1, passed: true },
];
const files = [{ path: 'a.jsonl', bytes: 1, lines: 5, rows: 4, invalidLines: 1, blankLines: 0 }];
const index = withDerivedColumns(memoryIndex(rows), ['a.jsonl']);

test('counts every column and sums up numbers and booleans, line aside', () => {
  const result = computeStats(index, files, []);
  expect(stats.parse(result)).toEqual(result);
  expect(result).toMatchObject({
    files,
    rows: 4,
    invalidLines: 1,
    selectedRows: 4,
    groups: { tasks: 2, withSignal: 1, allEqual: 0, single: 1 },
  });
  expect(result.columns).toEqual([
    { name: 'line', kind: 'number', present: 4, nulls: 0, missing: 0 },
    { name: 'file', kind: 'string', present: 4, nulls: 0, missing: 0 },
    { name: 'task', kind: 'string', present: 4, nulls: 0, missing: 0 },
    { name: 'reward', kind: 'number', present: 3, nulls: 1, missing: 0 },
    { name: '_ng_task_index', kind: 'number', present: 4, nulls: 0, missing: 0 },
    { name: 'passed', kind: 'boolean', present: 3, nulls: 0, missing: 1 },
    { name: 'mixed', kind: 'mixed', present: 2, nulls: 0, missing: 2 },
    { name: 's', kind: 'string', present: 1, nulls: 1, missing: 2 },
  ]);
  expect(result.metrics).toEqual({
    reward: { count: 3, missing: 1, mean: 0.5, std: 0.5, min: 0, max: 1, median: 0.5 },
    _ng_task_index: { count: 4, missing: 0, mean: 0.5, std: Math.sqrt(1 / 3), min: 0, max: 1, median: 0.5 },
    passed: { count: 3, missing: 1, mean: 2 / 3, std: expect.closeTo(Math.sqrt(1 / 3), 12), min: 0, max: 1, median: 1 },
  });
});

test('is of the rows that the conditions keep', () => {
  const result = computeStats(index, files, ['reward >= 0.5']);
  expect(result).toMatchObject({ rows: 4, selectedRows: 2, groups: { tasks: 2, withSignal: 0, allEqual: 0, single: 2 } });
  expect(result.metrics['reward']).toMatchObject({ count: 2, mean: 0.75, missing: 0 });
  expect(result.columns.find(({ name }) => name === 's')).toEqual({ name: 's', kind: 'string', present: 1, nulls: 0, missing: 1 });
});
