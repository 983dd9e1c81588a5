import { expect, test } from 'vitest';
import type { TaskGroup } from '#shared/model/group.ts';
import { cellText, hasLongValues, layoutGroupColumns, signed } from './columns.ts';
import { slotsOf } from './slots.ts';

const options = { k: 4, advantage: 'scaled', slots: 8, planned: false, longNames: false, longValues: false } as const;
const names = (width: number, planned = false): string[] => layoutGroupColumns({ ...options, width, planned }).map(({ name }) => name);
const group: TaskGroup = {
  task: '7',
  first: 0,
  size: 3,
  count: 3,
  mean: 0.5,
  std: 0.5,
  min: 0,
  max: 1,
  passed: 1,
  binary: true,
  passAt1: 1 / 3,
  state: 'alive',
  rows: [4, 0, 9],
  rollouts: [0, 1, 4],
  values: [0, 1, null],
};

test('columns fill the width, and the least needed ones give way', () => {
  for (const width of [1136, 976, 700, 291]) {
    const columns = layoutGroupColumns({ ...options, width });
    const last = columns.at(-1);
    expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(width);
    columns.slice(1).forEach((column, at) => expect(column.left).toBe((columns[at]?.left ?? 0) + (columns[at]?.width ?? 0)));
  }
  expect(names(1136).length).toBe(13);
  expect(names(1136)).not.toContain('missing');
  expect(names(1300, true)).toContain('missing');
  expect(names(976)).not.toContain('passAt1');
  expect(names(291)).toEqual(['open', 'task', 'rewards', 'mean']);
});

test('numbers whose exponents have three digits have room for them', () => {
  expect([hasLongValues({ min: -100, max: 9.9e99 }), hasLongValues({ min: -1e308, max: 0 })]).toEqual([false, true]);
  const widthOf = (longValues: boolean, name: string): number | undefined =>
    layoutGroupColumns({ ...options, advantage: 'centred', width: 1400, longValues }).find((column) => column.name === name)?.width;
  for (const name of ['mean', 'std', 'range', 'passAtK', 'advantage']) {
    expect(widthOf(true, name)).toBeGreaterThan(widthOf(false, name) ?? Infinity);
  }
  expect(widthOf(true, 'agent')).toBe(widthOf(false, 'agent'));
});

test('figures as cells say them; what is not there is a dot', () => {
  expect(cellText('range', { ...group, min: -27.77, max: 104.2 }, 'scaled')).toBe('−27.8 … 104');
  expect(cellText('passAt1', group, 'scaled')).toBe('0.33');
  expect(cellText('passAtK', group, 'scaled')).toBe('·');
  expect(cellText('advantage', group, 'scaled')).toBe('−1.00 … +1.00');
  expect(cellText('advantage', group, 'centred')).toBe('−0.50 … +0.50');
  expect(cellText('advantage', { ...group, state: 'dead' }, 'scaled')).toBe('0.00 … 0.00');
  expect([signed(0.0004), signed(-12_345), signed(0)]).toEqual(['+0.0004', '−12,345', '0.00']);
});

test('missing rollouts stand at their index where indices are known, else at the end', () => {
  const slots = (more: Partial<TaskGroup>): (number | string | null)[] =>
    slotsOf({ ...group, ...more }).map((slot) => (slot.kind === 'missing' ? `missing ${slot.rollout}` : slot.row));
  expect(slots({ expected: 5, missing: 2 })).toEqual([4, 0, 'missing 2', 'missing 3', 9]);
  expect(slots({ expected: 4, missing: 1 })).toEqual([4, 0, 9, 'missing null']);
  expect(slots({ expected: 3, missing: 0 })).toEqual([4, 0, 9]);
  // A filter left some out: nobody knows which places are empty for want of a rollout.
  expect(slots({ expected: 6, missing: 2, size: 4 })).toEqual([4, 0, 9]);
});
