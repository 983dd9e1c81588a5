import { expect, test } from 'vitest';
import { parseOperand as parse } from '#shared/model/expression/index.ts';
import { filterRows } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { pickOf, seededRandom } from '../query/testing/random.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { signalTolerance } from './groups.ts';

const random = seededRandom(77);
interface Made {
  readonly agent: string;
  readonly task: number;
  readonly reward: number | null | undefined;
  readonly tokens: number | null | undefined;
  readonly truncated: boolean;
}
const made: (Made | null)[] = Array.from({ length: 700 }, (_, at) =>
  at % 41 === 40
    ? null
    : {
        agent: pickOf(random, ['m', 'n']),
        task: Math.floor(random() * 70),
        reward: pickOf(random, [[0], [0.25], [1], [1], [null], []])[0],
        tokens: pickOf(random, [[10], [10], [11], [250], [-3], [1e6], [null], []])[0],
        truncated: random() < 0.3,
      },
);
const rows = made.map((row): MemoryRow => {
  if (row === null) return 'invalid';
  const { agent, task, reward, tokens, truncated } = row;
  return {
    agent,
    _ng_task_index: task,
    truncated,
    ...(reward !== undefined && { reward }),
    ...(tokens !== undefined && { tokens }),
  };
});
const index = withDerivedColumns(memoryIndex(rows), ['f']);

type Value = (row: Made) => number | undefined;
const metrics: Readonly<Record<string, Value>> = {
  tokens: ({ tokens }) => tokens ?? undefined,
  truncated: ({ truncated }) => Number(truncated),
  'tokens / 2 - reward': ({ tokens, reward }) =>
    typeof tokens === 'number' && typeof reward === 'number' ? tokens / 2 - reward : undefined,
  'log(tokens)': ({ tokens }) => (typeof tokens === 'number' && tokens > 0 ? Math.log(tokens) : undefined),
};

/** As plainly as it can be said. */
const figures: Readonly<Record<string, (values: readonly number[]) => number | undefined>> = {
  mean: (values) => (values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length),
  min: (values) => (values.length === 0 ? undefined : Math.min(...values)),
  max: (values) => (values.length === 0 ? undefined : Math.max(...values)),
  std(values) {
    if (values.length < 2) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  },
  count: (values) => values.length,
};

const valuesOf = ({ agent, task }: Made, of: Value): number[] =>
  made.flatMap((row) => (row !== null && row.agent === agent && row.task === task ? (of(row) ?? []) : []));

for (const [metric, of] of Object.entries(metrics)) {
  test.each(Object.entries(figures))(`group.%s(${metric}) is what a plain count gives, row by row`, (name, figure) => {
    const column = index.computed(parse(`group.${name}(${metric})`));
    expect(column.name).toBe(`group.${name}(${metric})`);
    made.forEach((row, at) => {
      const expected = row === null ? undefined : figure(valuesOf(row, of));
      const found = column.cell(at);
      if (expected === undefined) expect(found, `row ${at}`).toBeUndefined();
      else expect(found, `row ${at}`).toBeCloseTo(expected, 6);
    });
  });

  test(`group.signal(${metric}) keeps the tasks whose values differ by more than the tolerance`, () => {
    const expected = made.flatMap((row, at) => {
      const values = row === null ? [] : valuesOf(row, of);
      return values.length >= 2 && Math.max(...values) - Math.min(...values) > signalTolerance ? [at] : [];
    });
    expect(expected.length).toBeGreaterThan(0);
    expect([...filterRows(index, [`group.signal(${metric})`])]).toEqual(expected);
  });
}

test('of the reward it is the figure that needs no name, and figures stand within figures', () => {
  for (const figure of ['mean', 'min', 'max', 'std', 'count', 'signal', 'passed', 'pass@2']) {
    const named = index.computed(parse(`group.${figure}(reward)`));
    const plain = index.computed(parse(`group.${figure}`));
    expect(named.info()).toMatchObject({ kind: plain.info().kind, present: plain.info().present });
    expect([...named.numbers()]).toEqual([...plain.numbers()]);
  }
  // The mean of what lies above or below the mean is none.
  const around = index.computed(parse('group.mean(tokens - group.mean(tokens))'));
  expect(around.info().present).toBeGreaterThan(0);
  around.numbers().forEach((value) => Number.isNaN(value) || expect(Math.abs(value)).toBeLessThan(1e-6));
});

test('the group is that of the filter', () => {
  const column = index.groupedBy('agent').computed(parse('group.count(tokens)'));
  for (const agent of ['m', 'n']) {
    const expected = made.filter((row) => row?.agent === agent && typeof row.tokens === 'number').length;
    expect(column.cell(made.findIndex((row) => row?.agent === agent))).toBe(expected);
  }
});
