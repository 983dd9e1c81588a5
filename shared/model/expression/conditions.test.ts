import { expect, test } from 'vitest';
import { conditionColumn, conditionRange, oneOfCondition, rangeCondition, splitConditions } from './conditions.ts';

test.each([
  ['', []],
  ['  ', []],
  [' reward>=0.5 ', ['reward>=0.5']],
  ['reward >= 0.5 and x between 1 and 2  AND not (a and b)', ['reward >= 0.5', 'x between 1 and 2', 'not (a and b)']],
  ['(a or b) and (c and d)', ['(a or b)', '(c and d)']],
  ['a and b or c', ['a and b or c']],
  ['(a and b)', ['(a and b)']],
  ['s = "x and y" and `and` = 1', ['s = "x and y"', '`and` = 1']],
])('splits %j', (text, parts) => {
  expect(splitConditions(text)).toEqual(parts);
});

test('builds ranges that read back the same', () => {
  for (const [min, max] of [
    [0.1, 0.9],
    [null, -1e300],
    [5e-324, null],
    [3, 3],
    [0.1 + 0.2, 1e21],
  ] as const) {
    const text = rangeCondition('a `b`', min, max);
    expect(conditionRange(text), text).toEqual({ column: 'a `b`', min, max, minOpen: false, maxOpen: false });
    expect(conditionColumn(text)).toBe('a `b`');
  }
  expect(rangeCondition('reward', 0.5, null)).toBe('reward >= 0.5');
  expect(rangeCondition('reward', 0.9, -0)).toBe('reward between 0 and 0.9');
  expect(() => rangeCondition('reward', null, null)).toThrow('needs a finite bound');
  expect(() => rangeCondition('reward', Number.NaN, 1)).toThrow('needs a finite bound');
});

test('reads ranges that were typed', () => {
  expect(conditionRange('reward > 0.2 and reward <= 1 and reward >= 0.2')).toEqual({
    column: 'reward',
    min: 0.2,
    max: 1,
    minOpen: true,
    maxOpen: false,
  });
  const computed = { column: 'reward - 0.1 * truncated', min: 0.5, max: null, minOpen: false, maxOpen: false };
  expect(conditionRange('reward-0.1*truncated >= 0.5')).toEqual(computed);
  expect(conditionRange(rangeCondition('reward - 0.1 * truncated', 0.5, null))).toEqual(computed);
  for (const other of [
    'reward != 1',
    'a > 1 and b < 2',
    'not a > 1',
    'a > 1 or a < 0',
    'a = "1"',
    'group.mean > 1',
    'a in (1)',
    'a >',
    '',
  ]) {
    expect(conditionRange(other), other).toBeNull();
  }
});

test('builds lists of values', () => {
  expect(oneOfCondition('agent', ['say "hi"'])).toBe('agent = "say \\"hi\\""');
  expect(oneOfCondition('in', ['a', 1, true])).toBe('`in` in ("a", 1, true)');
  expect(() => oneOfCondition('agent', [])).toThrow('Choose at least one value');
});

test('says which single column a condition is about', () => {
  expect(conditionColumn('a > 1 or missing a')).toBe('a');
  expect(conditionColumn('not (a in (1))')).toBe('a');
  expect(conditionColumn('a > 1 or b')).toBeNull();
  expect(conditionColumn('a > 1 or group.mean > 1')).toBeNull();
  expect(conditionColumn('group.mean > 1')).toBe('group.mean');
  expect(conditionColumn('reward-0.1*truncated > 1 or `reward - 0.1 * truncated` < 0')).toBe('reward - 0.1 * truncated');
  expect(conditionColumn('has tool "x"')).toBeNull();
  expect(conditionColumn('a >')).toBeNull();
});
