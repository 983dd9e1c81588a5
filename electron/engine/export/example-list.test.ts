import { expect, test } from 'vitest';
import { seededRandom } from '../select/index.ts';
import { type Candidates, CandidatesBuilder } from './candidates.ts';
import { countRows, ExampleList } from './example-list.ts';
import type { Example } from './types.ts';

const random = seededRandom(5);
const below = (most: number): number => Math.floor(random() * most);

function someExamples(kind: 'rollouts' | 'pairs' | 'labels' | 'tasks'): Example[] {
  return Array.from({ length: below(40) }, (): Example => {
    const rows = Array.from({ length: kind === 'tasks' ? 1 + below(4) : kind === 'pairs' ? 2 : 1 }, () => below(1000));
    return {
      rows,
      shape: below(4096),
      bytes: below(2 ** 40),
      ...(kind === 'pairs' && { margin: random() }),
      ...(kind === 'labels' && { good: random() < 0.5 }),
    };
  });
}

test.each(['rollouts', 'pairs', 'labels', 'tasks'] as const)(
  'a list of %s is what its examples are, however it is cut and put together',
  (kind) => {
    for (let round = 0; round < 50; round++) {
      const examples = someExamples(kind);
      const list = ExampleList.of(examples);
      const same = (made: ExampleList, wanted: readonly Example[]): void => {
        expect([...made]).toEqual(wanted);
        expect(made.length).toBe(wanted.length);
        expect([...made.firstRows()]).toEqual(wanted.map(({ rows }) => rows[0]));
        expect(made.bytes).toBe(wanted.reduce((sum, { bytes }) => sum + bytes, 0));
        wanted.forEach(({ rows, shape, bytes }, i) => {
          expect([[...made.rowsAt(i)], made.shapeAt(i), made.bytesAt(i), made.firstRowAt(i)]).toEqual([rows, shape, bytes, rows[0]]);
        });
      };
      same(list, examples);
      const [from, to] = [below(40), below(40)];
      same(list.range(from, Math.max(from, to)), examples.slice(from, Math.max(from, to)));
      const places = Uint32Array.from(examples, () => below(examples.length));
      same(
        list.pick(places),
        [...places].map((place) => examples[place] ?? { rows: [], shape: 0, bytes: 0 }),
      );
      const kept = examples.map(() => random() < 0.5);
      const half = list.filter((i) => kept[i] === true);
      const halfExamples = examples.filter((_, i) => kept[i]);
      same(half, halfExamples);
      same(half.range(1, 3), halfExamples.slice(1, 3));
      const rewarded = (wanted: readonly Example[]): Example[] =>
        wanted.map((each) => ({ ...each, rewards: each.rows.map((row) => row / 3) }));
      const withRewards = list.withRewards((row) => row / 3);
      expect([...withRewards]).toEqual(rewarded(examples));
      expect([...withRewards.filter((i) => kept[i] === true).range(0, 5)]).toEqual(rewarded(halfExamples).slice(0, 5));
      expect(countRows([list, half], 1000)).toBe(new Set(examples.flatMap(({ rows }) => rows)).size);
    }
  },
);

test('an example that there is not is no example', () => {
  const list = ExampleList.of(someExamples('rollouts'));
  for (const i of [-1, list.length, Number.NaN]) expect(() => list.at(i)).toThrow(RangeError);
});

function built(facts: readonly { row: number; request: string; digest?: string }[]): Candidates {
  const builder = new CandidatesBuilder(facts.length + 3);
  for (const { row, request, digest = '' } of facts) builder.add(row, { shape: 1, bytes: row, digest, request, answer: '' });
  return builder.end();
}

test('candidates keep which texts are equal, none of the texts, and find rows', () => {
  const { keys, rows } = built([
    { row: 2, request: '' },
    { row: 5, request: 'a' },
    { row: 7, request: 'b' },
    { row: 9, request: 'a' },
  ]);
  expect([...rows]).toEqual([2, 5, 7, 9]);
  expect([...(keys.requests ?? [])]).toEqual([0, 1, 2, 1]);
  expect(keys.answers).toBeUndefined();
  const some = built([
    { row: 2, request: 'a' },
    { row: 5, request: 'b' },
    { row: 9, request: 'c' },
  ]).filter((i) => i !== 1);
  expect([...(some.keys.requests ?? [])]).toEqual([1, 3]);
  expect([0, 2, 5, 9, 10].map((row) => some.placeOf(row))).toEqual([undefined, 0, undefined, 1, undefined]);
});
