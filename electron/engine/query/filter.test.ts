import { describe, expect, test } from 'vitest';
import { parseExpression } from '#shared/model/expression/index.ts';
import { withDerivedColumns } from '../select/index.ts';
import { bitsWhere } from './bitset.ts';
import { conditionCounts, filterCounts, filterRows } from './filter.ts';
import { memoryIndex, type MemoryRow } from './testing/memory-index.ts';
import { sortedNumberRows } from './ranks.ts';
import type { RowSets } from './query-index.ts';
import { naiveTruth } from './testing/naive.ts';
import { pickOf, seededRandom } from './testing/random.ts';

function queryIndex(rows: readonly MemoryRow[], withoutDictionary: readonly string[] = []) {
  return withDerivedColumns(memoryIndex(rows, { withoutDictionary }), ['a.jsonl']);
}

const kept = (rows: readonly MemoryRow[], ...conditions: string[]): number[] => [...filterRows(queryIndex(rows), conditions)];

describe('filterRows', () => {
  test('a missing or null value passes no comparison, and not turns that around', () => {
    const rows: MemoryRow[] = [{ x: 1 }, { x: 3 }, { x: null }, {}, 'invalid'];
    expect(kept(rows, 'x > 1')).toEqual([1]);
    expect(kept(rows, 'x != 1')).toEqual([1]);
    expect(kept(rows, 'not x > 1')).toEqual([0, 2, 3]);
    expect(kept(rows, 'missing x')).toEqual([3]);
    expect(kept(rows, 'null x')).toEqual([2]);
    expect(kept(rows)).toEqual([0, 1, 2, 3]);
  });

  test('booleans are 0 and 1 to numbers, but only booleans are true', () => {
    const rows: MemoryRow[] = [{ x: true }, { x: false }, { x: 1 }, { x: 'true' }, { x: [1] }];
    expect(kept(rows, 'x = 1')).toEqual([0, 2]);
    expect(kept(rows, 'x = true')).toEqual([0]);
    expect(kept(rows, 'x')).toEqual([0]);
    expect(kept(rows, 'x != 1')).toEqual([1, 3, 4]);
    expect(kept(rows, 'x >= 0')).toEqual([0, 1, 2]);
  });

  test('tells integers beyond 2^53 apart by their digits', () => {
    const rows: MemoryRow[] = [
      { id: 9007199254740992 },
      { id: { exact: '9007199254740993' } },
      { id: 9007199254740994 },
      { id: { exact: '1e400' } },
      { id: { exact: '-9007199254740993' } },
      { id: 5 },
    ];
    expect(kept(rows, 'id = 9007199254740993')).toEqual([1]);
    expect(kept(rows, 'id = 9007199254740992')).toEqual([0]);
    expect(kept(rows, 'id > 9007199254740992')).toEqual([1, 2, 3]);
    expect(kept(rows, 'id >= 9007199254740993')).toEqual([1, 2, 3]);
    expect(kept(rows, 'id < 9007199254740993')).toEqual([0, 4, 5]);
    expect(kept(rows, 'id < -9007199254740992')).toEqual([4]);
    expect(kept(rows, 'id in (9007199254740993, 5.0)')).toEqual([1, 5]);
  });

  test('compares text by code points and finds parts in any case', () => {
    const rows: MemoryRow[] = [{ s: 'Straße' }, { s: '\u{1f600}' }, { s: '～' }, { s: 'İstanbul' }];
    expect(kept(rows, 's > "～"')).toEqual([1]);
    expect(kept(rows, 's ~ "STRAß"')).toEqual([0]);
    expect(kept(rows, 's ~ /^.$/u')).toEqual([1, 2]);
    expect(kept(rows, 's ~ /STRA/i')).toEqual([0]);
  });

  test('reads the same from a column without a dictionary', () => {
    const rows: MemoryRow[] = [{ s: 'b' }, { s: 'a' }, { s: 7 }, {}];
    for (const condition of ['s = "a"', 's ~ "A"', 's < "b"', 's in ("a", 7)', 's != "a"']) {
      expect([...filterRows(queryIndex(rows, ['s']), [condition])], condition).toEqual(kept(rows, condition));
    }
  });

  test('fails at the character of a wrong condition', () => {
    expect(() => kept([{ reward: 1 }], 'rewrd > 0')).toThrow('No column "rewrd". Did you mean "reward"?');
    expect(() => kept([{ reward: 1 }], 'reward >')).toThrow('Expected a number after >.');
  });

  test('sees rows that were read later', () => {
    const memory = memoryIndex([{ x: 1 }]);
    const index = withDerivedColumns(memory, ['a.jsonl']);
    expect([...filterRows(index, ['x > 0'])]).toEqual([0]);
    memory.grow([{ x: 0 }, { x: 2 }]);
    expect([...filterRows(index, ['x > 0'])]).toEqual([0, 2]);
  });

  test('group figures are over all rollouts of the task, whatever else is asked', () => {
    const rows: MemoryRow[] = [
      { _ng_task_index: 0, reward: 0 },
      { _ng_task_index: 0, reward: 1 },
      { _ng_task_index: 1, reward: 1 },
      { _ng_task_index: 1, reward: 1 },
      { _ng_task_index: 2, reward: null },
      { _ng_task_index: 2, reward: 0.5 },
    ];
    expect(kept(rows, 'reward >= 0.5', 'group.mean between 0.1 and 0.9')).toEqual([1, 5]);
    expect(kept(rows, 'group.signal')).toEqual([0, 1]);
    expect(kept(rows, 'missing group.std')).toEqual([4, 5]);
    expect(kept(rows, 'group.std > 0.7071 and group.std < 0.7072')).toEqual([0, 1]);
    expect(kept(rows, 'group.size = 2 and group.min = 0.5 and group.max = 0.5')).toEqual([4, 5]);
  });

  test('group.passed counts rewards from the larger of two values on, else from a half on', () => {
    const task = (rewards: readonly unknown[], index: number): MemoryRow[] => rewards.map((reward) => ({ _ng_task_index: index, reward }));
    const twoValued = [...task([-1, 3, 3], 0), ...task([-1, null], 1), ...task([null], 2)];
    expect(kept(twoValued, 'group.passed = 2')).toEqual([0, 1, 2]);
    expect(kept(twoValued, 'group.passed = 0')).toEqual([3, 4]);
    expect(kept(twoValued, 'missing group.passed')).toEqual([5]);
    expect(kept([...task([0.5, 0.49, 1], 0), ...task([true], 1)], 'group.passed between 1 and 2')).toEqual([0, 1, 2, 3]);
    expect(kept(task([0, 0], 0), 'group.passed > 0')).toEqual([]);
  });

  test('rank in group is over all rollouts of the task, ties to the earlier line', () => {
    const rows: MemoryRow[] = [
      { _ng_task_index: 0, reward: 0.5, a: 1 },
      { _ng_task_index: 0, reward: 1, a: 0 },
      { _ng_task_index: 1, reward: 0 },
      { _ng_task_index: 0, reward: 1, a: 1 },
      { _ng_task_index: 0, a: 1 },
      'invalid',
      { _ng_task_index: 1, reward: true },
    ];
    expect(kept(rows, 'rank in group = 1')).toEqual([1, 6]);
    expect(kept(rows, 'rank in group <= 2')).toEqual([1, 2, 3, 6]);
    expect(kept(rows, 'a = 1', 'rank in group <= 2')).toEqual([3]);
    expect(kept(rows, 'missing `rank in group`')).toEqual([4]);
  });

  test('computes, missing where an input or the result is no finite number', () => {
    const rows: MemoryRow[] = [
      { x: 1, y: true },
      { x: 2, y: false },
      { x: null, y: true },
      { y: true },
      { x: 'a', y: true },
      { x: -2.5, y: true },
    ];
    expect(kept(rows, 'x - 0.5 * y > 0')).toEqual([0, 1]);
    expect(kept(rows, '`x - 0.5 * y` > 0')).toEqual([0, 1]);
    expect(kept(rows, 'missing x / y')).toEqual([1, 2, 3, 4]);
    expect(kept(rows, 'round(x) = -3 or min(x, y) = 0')).toEqual([1, 5]);
    expect(kept(rows, 'abs(-x) + log(y) between 1 and 2.5')).toEqual([0, 5]);
    expect(() => kept([{ s: 'a', x: 1 }], 'x + s > 0')).toThrow('"s" holds text, and + takes numbers.');
    expect(() => kept(rows, '2 * 3 > 1')).toThrow('This computes with numbers alone');
    expect(() => kept(rows, '2 > 1')).toThrow('A number alone is no column');
    expect(() => kept([{ x: 1 }], '1 - zz > 0')).toThrow('No column "zz".');
  });

  test('asks for the rows that whole-row tests know', () => {
    const rows: MemoryRow[] = [
      { x: 1, called_names: ['a', 'search'] },
      { x: 2, called_names: ['search'] },
      'invalid',
      { x: 3, called_names: ['a'] },
    ];
    const bits = (...found: number[]) => bitsWhere(rows.length, (row) => found.includes(row));
    const sets: RowSets = {
      problemRules: () => ['response/truncated', 'json/invalid'],
      severityOf: () => 'warning',
      problemRows: (rule) => (rule === 'json/invalid' ? bits(2) : bits(0, 2)),
      textRows: (pattern) => (pattern.kind === 'contains' ? bits(1) : bits(3)),
      starRows: () => bits(3),
      tagRows: (tag) => (tag === 'good' ? bits(0, 3) : bits()),
    };
    const index = withDerivedColumns(memoryIndex(rows), ['a'], { rowSets: sets });
    const rowsOf = (condition: string): number[] => [...filterRows(index, [condition])];
    expect(rowsOf('has tool "search"')).toEqual([0, 1]);
    expect(rowsOf('not has tool "search"')).toEqual([3]);
    expect(rowsOf('has tool "Search"')).toEqual([]);
    expect(rowsOf('problem "json/invalid"')).toEqual([]);
    expect(rowsOf('problem "response/truncated"')).toEqual([0]);
    expect(rowsOf('text ~ "a" or text ~ /b/')).toEqual([1, 3]);
    expect(rowsOf('star and tag "good"')).toEqual([3]);
    expect(() => rowsOf('x = 1 and problem "response/truncatd"')).toThrow(
      'No rule "response/truncatd". Did you mean "response/truncated"?',
    );
  });
});

test('filterCounts adds up: each row leaves at the first condition it does not meet', () => {
  const rows: MemoryRow[] = [{ x: 1, y: 1 }, { x: 1, y: 0 }, { x: 0, y: 0 }, 'invalid', { y: 1 }];
  expect(filterCounts(queryIndex(rows), ['x = 1', 'y = 1'])).toEqual([
    { condition: 'x = 1', count: 2 },
    { condition: 'y = 1', count: 1 },
  ]);
});

test('conditionCounts says what would come back without each condition', () => {
  const random = seededRandom(5);
  const rows = Array.from({ length: 500 }, (): MemoryRow => (random() < 0.1 ? 'invalid' : { x: random(), y: random(), z: random() }));
  const filter = ['x > 0.3', 'y > 0.5', 'x > 0.2', 'z < 0.9'];
  const count = (conditions: readonly string[]): number => kept(rows, ...conditions).length;
  const expected = filter.map((condition, i) => ({
    condition,
    leftOut: count(filter.slice(0, i)) - count(filter.slice(0, i + 1)),
    back: count(filter.filter((_, at) => at !== i)) - count(filter),
  }));
  expect(conditionCounts(queryIndex(rows), filter)).toEqual({ rows: count([]), kept: count(filter), conditions: expected });
  expect(conditionCounts(queryIndex(rows), [])).toEqual({ rows: count([]), kept: count([]), conditions: [] });
});

test('agrees with a plain reading of the language on random rows and conditions', () => {
  const random = seededRandom(11);
  const values: readonly unknown[] = [
    undefined,
    undefined,
    null,
    true,
    false,
    0,
    1,
    -2.5,
    0.5,
    'a',
    'B',
    'ab',
    '\u{1f600}',
    '～',
    [1],
    { a: 1 },
  ];
  const fitting: Readonly<Record<string, readonly unknown[]>> = {
    m: values,
    n: values.slice(5, 9),
    s: values.slice(9, 14),
    b: values.slice(3, 5),
  };
  const randomRow = (): MemoryRow => {
    if (random() < 0.05) return 'invalid';
    const row: Record<string, unknown> = {};
    for (const [name, choices] of Object.entries(fitting)) {
      const value = random() < 0.2 ? null : choices[Math.floor(random() * choices.length)];
      if (value !== undefined && random() < 0.9) row[name] = value;
    }
    return row;
  };
  const rows = Array.from({ length: 300 }, randomRow);
  const index = queryIndex(rows);
  const number = (): string => pickOf(random, ['0', '1', '-2.5', '0.5', '0.25', '1e3']);
  const text = (): string => pickOf(random, ['"a"', '"B"', '"ab"', '"～"', '""']);
  const order = (): string => pickOf(random, ['<', '<=', '>', '>=']);
  const leaf = (): string =>
    pickOf(random, [
      () => `${pickOf(random, ['m', 'n', 'b'])} ${order()} ${number()}`,
      () => `${pickOf(random, ['m', 'n', 'b'])} ${pickOf(random, ['=', '!='])} ${number()}`,
      () => `${pickOf(random, ['m', 's'])} ${pickOf(random, ['=', '!=', '<', '<=', '>', '>='])} ${text()}`,
      () => `${pickOf(random, ['m', 'b'])} ${pickOf(random, ['=', '!='])} ${pickOf(random, ['true', 'false'])}`,
      () => `m in (${number()}, ${text()}, true)`,
      () => `${pickOf(random, ['m', 'n'])} between -1 and 0.5`,
      () => `${pickOf(random, ['m', 's'])} ~ ${pickOf(random, ['"A"', '/^a/', '/b$/i', '/./u'])}`,
      () => `${pickOf(random, ['missing', 'null'])} ${pickOf(random, ['m', 'n', 's', 'b'])}`,
      () => pickOf(random, ['m', 'b']),
      () => `${computed(2)} ${order()} ${number()}`,
      () => `${pickOf(random, ['missing', 'null'])} ${computed(2)}`,
      () => `${computed(1)} in (${number()}, ${number()})`,
    ])();
  const column = (): string => pickOf(random, ['m', 'n', 'b', '`n`']);
  const computed = (depth: number): string => {
    const part = (): string => (depth === 0 || random() < 0.4 ? column() : computed(depth - 1));
    return pickOf(random, [
      () => `(${part()} ${pickOf(random, ['+', '-', '*', '/'])} ${pickOf(random, [part, number])()})`,
      () => `${pickOf(random, ['abs', 'round', 'log'])}(${part()})`,
      () => `${pickOf(random, ['min', 'max'])}(${part()}, ${number()}, ${part()})`,
      () => `-${part()}`,
    ])();
  };
  const condition = (depth: number): string => {
    if (depth === 0 || random() < 0.3) return leaf();
    return pickOf(random, [
      () => `not (${condition(depth - 1)})`,
      () => `(${condition(depth - 1)}) and (${condition(depth - 1)})`,
      () => `(${condition(depth - 1)}) or (${condition(depth - 1)})`,
    ])();
  };
  for (let i = 0; i < 1500; i++) {
    // From here on ranges are found in sorted columns.
    if (i === 700) for (const name of ['m', 'n', 'b']) sortedNumberRows(index, name);
    const conditions = [condition(3), condition(1)];
    const trees = conditions.map(parseExpression);
    const expected = rows.flatMap((row, at) => (row !== 'invalid' && trees.every((tree) => naiveTruth(tree, row)) ? [at] : []));
    expect([...filterRows(index, conditions)], conditions.join(' AND ')).toEqual(expected);
  }
});
