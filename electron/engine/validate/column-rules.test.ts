import { expect, test } from 'vitest';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { type DatasetIndex, noRowSets, withDerivedColumns } from '../select/index.ts';
import { noOddRows, type OddRows } from '../odd-json/index.ts';
import { listProblems, ProblemFinder, rules } from './index.ts';

/** Line numbers (from 1) with a finding, by rule; the messages of the first. */
function findings(
  rows: readonly MemoryRow[],
  odd: OddRows = noOddRows,
): Record<string, { lines: number[]; count: number; message: string | undefined }> {
  const index = withDerivedColumns(memoryIndex(rows), ['a.jsonl']);
  const search = listProblems({ index, names: ['a.jsonl'], finder: new ProblemFinder(index, odd) }, { examples: 100 });
  let step = search.next();
  while (!step.done) step = search.next();
  return Object.fromEntries(
    step.value.map(({ rule, count, examples }) => [
      rule,
      { lines: examples.map(({ line }) => line), count, message: examples[0]?.message },
    ]),
  );
}

const lines = (rows: readonly MemoryRow[], rule: string): number[] => findings(rows)[rule]?.lines ?? [];
const good = { response: {}, turns: 1, reward: 1, _ng_task_index: 0, tools: 0 };

test('ids are families and kebab-case, each once, with words for what it means and how to mend it', () => {
  for (const { id, title, meaning, remedy } of rules) {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [title, meaning, remedy]) expect(text.length, id).toBeGreaterThan(5);
  }
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test('invalid lines are in no finding about rollouts', () => {
  expect(Object.keys(findings(['invalid', good]))).toEqual(['json/invalid', 'response/empty']);
});

test('rewards: missing, null, text, infinite, boolean', () => {
  const rows: MemoryRow[] = [
    { ...good, reward: 0.5 },
    { response: {}, turns: 1 },
    { ...good, reward: null },
    { ...good, reward: '1' },
    { ...good, reward: { exact: '1e400' } },
    { ...good, reward: true },
    { ...good, reward: [1] },
  ];
  expect(lines(rows, 'reward/missing')).toEqual([2, 3]);
  expect(lines(rows, 'reward/not-a-number')).toEqual([4, 7]);
  expect(lines(rows, 'reward/not-finite')).toEqual([5]);
  expect(lines(rows, 'reward/boolean')).toEqual([6]);
  expect(findings(rows)['reward/not-finite']?.message).toBe('reward is 1e400');
});

test('a reward is unusual for its agent, not for another one, and only where there are enough to tell', () => {
  const of = (agent: string, rewards: readonly number[]): MemoryRow[] => rewards.map((reward) => ({ ...good, agent, reward }));
  const zeros = Array.from({ length: 199 }, () => 0);
  const rows = [
    ...of('a', [...zeros, 1]),
    ...of('b', [...zeros, -100]),
    ...of('c', [0, 1, 500]),
    ...of(
      'd',
      zeros.map((_, i) => i % 20),
    ),
  ];
  expect(lines(rows, 'reward/unusual')).toEqual([400]);
  expect(findings(rows)['reward/unusual']?.message).toBe('reward is -100; usual are -1 to 2');
});

test('a key of agent, task and rollout that comes again, in whatever order', () => {
  const key = (agent: string, task: number, rollout: number | null): MemoryRow => ({ ...good, agent, _ng_task_index: task, rollout });
  const rows = [
    key('a', 0, 0),
    key('b', 0, 0),
    key('a', 0, 1),
    key('a', 1, 0),
    key('a', 0, 0),
    key('a', 0, null),
    key('a', 0, null),
    key('a', 0, 0),
  ];
  expect(findings(rows)['task/duplicate-key']).toMatchObject({ lines: [5, 8], message: 'same agent, task and rollout 0 as line 1' });
});

test('groups without a signal are counted once each', () => {
  const of = (task: number, rewards: readonly (number | null)[]): MemoryRow[] =>
    rewards.map((reward) => ({ ...good, _ng_task_index: task, reward }));
  const rows = [...of(0, [1, 1]), ...of(1, [0, 1]), ...of(2, [1]), ...of(3, [0.5, 0.5, null]), ...of(4, [null, null])];
  expect(findings(rows)['task/no-signal']).toMatchObject({ lines: [1, 2, 6, 7, 8], count: 2 });
});

test('lines that are equal byte for byte; others that only seem so are not', () => {
  const rows = [good, { ...good, note: 'x' }, good, { ...good, note: 'y' }, { ...good, reward: 0 }, good];
  expect(findings(rows)['row/exact-duplicate']).toMatchObject({ lines: [3, 6], message: 'the same as line 1' });
});

test('numbers beyond float64 are named, and lines that nobody looked at are not taken for good', () => {
  const rows = [good, { ...good, id: 1e20 }];
  const odd: OddRows = { known: 2, isWhole: true, has: (kind, row) => kind === 'beyond-float64' && row === 1, count: () => 3 };
  expect(findings(rows, odd)['number/beyond-float64']).toMatchObject({ lines: [2], count: 3 });
  const index = withDerivedColumns(memoryIndex(rows), ['a.jsonl']);
  expect(() => new ProblemFinder(index, noOddRows).rowsOf('json/duplicate-key')).toThrow('have not been read');
});

test('the finder searches again when the index has grown', () => {
  const memory = memoryIndex([good]);
  const index = withDerivedColumns(memory, ['a.jsonl']);
  const finder = new ProblemFinder(index, { ...noOddRows, isWhole: true });
  expect([...finder.rowsOf('reward/missing')]).toEqual([0]);
  memory.grow([{ response: {}, turns: 1 }, 'invalid']);
  expect([...finder.rowsOf('reward/missing')]).toEqual([0b10]);
  expect([...finder.rowsOf('json/invalid')]).toEqual([0b100]);
  expect(() => finder.rowsOf('reward/mising')).toThrow('Did you mean "reward/missing"?');
});

test('the column of problems counts the rules that found something in a rollout', () => {
  const rowSets = {
    ...noRowSets,
    problemRules: () => rules.map(({ id }) => id),
    problemRows: (rule: string) => finder.rowsOf(rule),
    severityOf: (rule: string) => rules.find(({ id }) => id === rule)?.severity ?? 'warning',
  };
  const rows = [{ ...good, reward: null, mask_sample: true }, 'invalid', { ...good, 'items.message': 1 }] as const;
  const index: DatasetIndex = withDerivedColumns(memoryIndex(rows), ['a.jsonl'], { rowSets });
  const finder = new ProblemFinder(index, { ...noOddRows, isWhole: true });
  const problems = index.column('problems');
  expect([...(problems?.numbers() ?? [])]).toEqual([3, Number.NaN, 0]);
  expect(problems?.info()).toMatchObject({ kind: 'number', present: 2, missing: 0 });
  // The first lacks a reward, which is an error; nothing is wrong with the last.
  const severity = index.column('problem_severity');
  expect([severity?.cell(0), severity?.cell(1), severity?.cell(2)]).toEqual(['error', undefined, 'none']);
  expect(severity?.info()).toMatchObject({ kind: 'string', present: 2, missing: 0 });
});
