import { defaultPassMark } from '#shared/model/pass-mark.ts';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pickOf } from '../query/testing/random.ts';
import { advantages } from './advantages.ts';
import { bestOfTasks, Standing } from './best.ts';
import { deadChance, passAtK } from './chances.ts';
import { balanced, capped, distinct } from './draws.ts';
import { ktoLabels, Label } from './kto.ts';
import { type PairOptions, pairsOfTask, type RolloutIdentity } from './pairs.ts';
import { seededRandom } from './random.ts';
import { eachGroup, groupRows } from './row-groups.ts';
import { drawnSides, hashedSides, Side } from './splits.ts';
import { NO_TASK } from './tasks.ts';

const u32 = (...values: number[]) => Uint32Array.from(values);
const f64 = (...values: number[]) => Float64Array.from(values);

test('rows by task, in the order given', () => {
  const groups = groupRows(u32(5, 0, 2, 3, 4), u32(7, 9, 2, 7, NO_TASK, 2));
  expect([...eachGroup(groups)].map(({ task, rows }) => [task, ...rows])).toEqual([
    [2, 5, 2],
    [7, 0, 3],
  ]);
  expect([...eachGroup(groupRows(u32(), u32()))]).toEqual([]);
});

test('the best of each task; ties are told; infinite values can be compared, missing ones cannot', () => {
  const { standings, tiedTasks } = bestOfTasks(
    u32(0, 1, 2, 3, 4, 5, 6),
    u32(0, 0, 0, 1, 1, 1, 2),
    f64(1, 3, 3, Infinity, NaN, Infinity, NaN),
    1,
  );
  const { best, notBest, noValue } = Standing;
  expect([...standings]).toEqual([notBest, best, notBest, best, noValue, notBest, noValue]);
  expect(tiedTasks).toBe(2);
});

test('caps and balance draw by the seed, from classes that have more', () => {
  const classes = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? NaN : i % 3));
  const countOf = (kept: Uint8Array, each: number) => kept.reduce((sum, flag, i) => sum + (Object.is(classes[i], each) ? flag : 0), 0);
  const kept = capped(classes, 50, seededRandom(1));
  expect([0, 1, 2, NaN].map((each) => countOf(kept, each))).toEqual([50, 50, 50, 100]);
  expect(capped(classes, 50, seededRandom(1))).toEqual(kept);
  expect(capped(classes, 50, seededRandom(2))).not.toEqual(kept);
  const early = kept.reduce((sum, flag, i) => sum + (i < 500 && !Number.isNaN(classes[i]) ? flag : 0), 0);
  expect(early).toBeGreaterThan(50); // the first lines are not favoured
  expect(early).toBeLessThan(100);
  const even = balanced(f64(0, 0, 0, 1, NaN, 0), seededRandom(1));
  expect([even.reduce((a, b) => a + b), even[3], even[4]]).toEqual([3, 1, 1]);
  expect([...distinct(['a', 'b', 'a'])]).toEqual([1, 1, 0]);
});

test('a split by name moves no task when rows are added, and anyone can work it out', () => {
  const rows = Uint32Array.from({ length: 4000 }, (_, i) => i);
  const taskOf = rows.map((row) => row >> 2);
  const shares = { validation: 0.2, test: 0.1 };
  const sides = hashedSides(rows, taskOf, String, shares, 7);
  expect(hashedSides(rows.subarray(0, 1000), taskOf, String, shares, 7)).toEqual(sides.subarray(0, 1000));
  for (const row of [0, 401, 3999]) {
    const place = parseInt(createHash('sha256').update(`7\n${taskOf[row]}`).digest('hex').slice(0, 12), 16) / 2 ** 48;
    expect(sides[row]).toBe(place < 0.1 ? Side.test : place < 0.3 ? Side.validation : Side.train);
  }
  const share = (side: number) => sides.filter((each) => each === side).length / 4000;
  expect(share(Side.validation)).toBeCloseTo(0.2, 1);
  expect(share(Side.test)).toBeCloseTo(0.1, 1);
  for (const { rows: group } of eachGroup(groupRows(rows, taskOf))) expect(new Set([...group].map((row) => sides[row])).size).toBe(1);
});

test('a drawn split comes as near to its shares as whole tasks allow', () => {
  const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
  const sides = drawnSides(
    rows,
    rows.map((row) => row >> 2),
    { validation: 0.2, test: 0.1 },
    seededRandom(3),
  );
  expect([Side.train, Side.validation, Side.test].map((side) => sides.filter((each) => each === side).length)).toEqual([28, 8, 4]);
  expect(
    new Set(
      drawnSides(
        rows,
        rows.map(() => 0),
        { validation: 0.5, test: 0.4 },
        seededRandom(3),
      ),
    ),
  ).toEqual(new Set([Side.train]));
});

test('the pass mark: the larger of two values, else one half', () => {
  expect([f64(0, 1, NaN, 1), f64(-1, 1, Infinity), f64(0, 0.2), f64(1, 1), f64(0, 0.5, 1), f64()].map(defaultPassMark)).toEqual([
    1, 1, 0.2, 0.5, 0.5, 0.5,
  ]);
});

test('KTO labels: by a threshold with a dead band, or by the mean of the task', () => {
  const [rows, tasks, metric] = [u32(0, 1, 2, 3, 4), u32(0, 0, 0, 1, 1), f64(0.5, 0.45, 0.2, 0.9, NaN)];
  const { good, bad, none } = Label;
  expect([...ktoLabels(rows, tasks, metric, { threshold: 0.5, deadBand: 0 })]).toEqual([good, bad, bad, good, none]);
  expect([...ktoLabels(rows, tasks, metric, { threshold: 0.5, deadBand: 0.1 })]).toEqual([none, none, bad, good, none]);
  expect([...ktoLabels(rows, tasks, metric, { threshold: 'task-mean', deadBand: 0 })]).toEqual([good, good, bad, good, none]);
});

test('advantages: centred, and over the sample deviation; 0 without a signal', () => {
  const { centred, scaled } = advantages(f64(1, 0, 0, NaN, 1));
  expect([...centred]).toEqual([0.5, -0.5, -0.5, NaN, 0.5]);
  expect(scaled[0]).toBeCloseTo(0.5 / Math.sqrt(1 / 3), 12);
  expect([...advantages(f64(0.1, 0.1, 0.1 + 1e-7)).scaled]).toEqual([0, 0, 0]);
  expect([...advantages(f64(3)).centred]).toEqual([0]);
});

/** All ways to take `size` of the values. */
function draws<T>(values: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return values.flatMap((value, i) => draws(values.slice(i + 1), size - 1).map((rest) => [value, ...rest]));
}

test('pass@k and the chance of no signal equal counting all draws', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 200; round++) {
    const n = 1 + Math.floor(random() * 8);
    const values = Array.from({ length: n }, () => pickOf(random, [0, 5e-7, 1.2e-6, 0.5, 1])).sort((a, b) => a - b);
    for (let size = 1; size <= n; size++) {
      const all = draws(values, size);
      const passing = all.filter((draw) => draw.some((value) => value >= 0.5)).length / all.length;
      expect(passAtK(n, values.filter((value) => value >= 0.5).length, size)).toBeCloseTo(passing, 10);
      const dead = all.filter((draw) => Math.max(...draw) - Math.min(...draw) <= 1e-6).length / all.length;
      expect(deadChance(Float64Array.from(values), size)).toEqual({ chance: expect.closeTo(dead, 10), extrapolated: false });
    }
  }
  expect(passAtK(3, 1, 4)).toBeUndefined();
});

test('beyond the rollouts there are, the chance is that of drawing with return, and marked', () => {
  expect(deadChance(f64(0, 0, 0, 1), 8)).toEqual({ chance: expect.closeTo(0.75 ** 8 + 0.25 ** 8, 12), extrapolated: true });
  expect(
    deadChance(
      Float64Array.from({ length: 5000 }, (_, i) => (i < 2500 ? 0 : 1)),
      3,
    ).chance,
  ).toBeCloseTo(0.25, 3);
});

const identity = (requests: readonly number[], answers: readonly number[]): RolloutIdentity => ({
  prompt: (row) => requests[row]!,
  tools: () => 0,
  answer: (row) => answers[row]!,
});
const pairs = (metric: Float64Array, of: RolloutIdentity, options: Partial<PairOptions>) =>
  pairsOfTask(Uint32Array.from(metric.keys()), metric, of, { strategy: 'best-worst', margin: 0.1, cap: Infinity, ...options }).map(
    ({ chosen, rejected }) => [chosen, rejected],
  );

test('pairs of each strategy: earlier rows of equals, equal requests, different answers, never a tie', () => {
  const metric = f64(0, 1, 1, 0.5, 0, NaN);
  const unlike = identity([0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5]);
  expect(pairs(metric, unlike, {})).toEqual([[1, 0]]);
  expect(pairs(metric, unlike, { strategy: 'best-vs-each' })).toEqual([
    [1, 0],
    [1, 4],
    [1, 3],
  ]);
  expect(pairs(metric, unlike, { strategy: 'adjacent' })).toEqual([
    [1, 3],
    [3, 0],
  ]);
  expect(pairs(metric, unlike, { strategy: 'all' })).toEqual([
    [1, 0],
    [1, 4],
    [1, 3],
    [2, 0],
    [2, 4],
    [2, 3],
    [3, 0],
    [3, 4],
  ]);
  expect(pairs(metric, unlike, { strategy: 'all', cap: 2 })).toEqual([
    [1, 0],
    [1, 4],
  ]);
  expect(pairs(metric, unlike, { strategy: 'all', margin: 0.6 })).toEqual([
    [1, 0],
    [1, 4],
    [2, 0],
    [2, 4],
  ]);
  expect(pairs(metric, identity([0, 0, 0, 0, 0, 0], [1, 1, 2, 3, 4, 5]), {})).toEqual([[1, 4]]);
  expect(pairs(metric, identity([0, 1, 0, 1, 0, 0], [0, 1, 2, 3, 4, 5]), {})).toEqual([
    [2, 0],
    [1, 3],
  ]);
  expect(pairs(f64(1, 1, 1), unlike, { margin: 0 })).toEqual([]);
  expect(pairs(f64(), unlike, { strategy: 'adjacent' })).toEqual([]);
});

test('all pairs equal a plain count, whatever the group', () => {
  const random = seededRandom(6);
  for (let round = 0; round < 100; round++) {
    const n = Math.floor(random() * 9);
    const metric = Float64Array.from({ length: n }, () => pickOf(random, [0, 0.1, 0.5, 0.55, 1, NaN]));
    const [requests, answers] = [0, 1].map(() => Array.from({ length: n }, () => pickOf(random, [1, 2])));
    const plain: string[] = [];
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++)
        if (metric[a]! - metric[b]! >= 0.1 && requests![a] === requests![b] && answers![a] !== answers![b]) plain.push(`${a} ${b}`);
    const found = pairs(metric, identity(requests!, answers!), { strategy: 'all' }).map((pair) => pair.join(' '));
    expect([...found].sort()).toEqual(plain.sort());
  }
});
