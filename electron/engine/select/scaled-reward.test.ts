import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';
import { rewardScales, scaledRewards } from './scaled-reward.ts';

const rows = Uint32Array.from([0, 1, 2, 3, 4, 6]);
const taskOf = Uint32Array.from([0, 0, 0, 1, 1, 1, 2]);
const metric = Float64Array.from([1, 0.25, 0.25, 3, Number.NaN, 100, 7]);
const none = Number.NaN;

test.each([
  ['none', 'task', [1, 0.25, 0.25, 3, none, none, 7]],
  ['min-max', 'task', [1, 0, 0, 0, none, none, 0]],
  ['min-max', 'dataset', [0.75 / 6.75, 0, 0, 2.75 / 6.75, none, none, 1]],
  // numpy: (x - x.mean()) / x.std(ddof=1) of [1, .25, .25]
  ['z-score', 'task', [1.1547005383792515, -0.5773502691896258, -0.5773502691896258, 0, none, none, 0]],
  // scipy.stats.rankdata([1, .25, .25, 3, 7]) = [3, 1.5, 1.5, 4, 5]; (rank - 1) / 4
  ['rank', 'dataset', [0.5, 0.125, 0.125, 0.75, none, none, 1]],
  ['rank', 'task', [1, 0.25, 0.25, 0.5, none, none, 0.5]],
] as const)('%s over %s', (scale, over, wanted) => {
  const scaled = scaledRewards(rows, taskOf, metric, { scale, over });
  expect([...scaled].map((value) => value.toFixed(12))).toEqual(wanted.map((value) => value.toFixed(12)));
});

test('clipped after scaling', () => {
  const scaled = scaledRewards(rows, taskOf, metric, { scale: 'z-score', over: 'task', clip: { low: -0.5, high: 1 } });
  expect(Array.from(scaled.subarray(0, 4))).toEqual([1, -0.5, -0.5, 0]);
});

test('equals have the same rank, and order stays as it is, whatever the scale', () => {
  const random = seededRandom(3);
  const values = Float64Array.from({ length: 400 }, () => Math.round(random() * 50) / 10 - 2);
  const all = Uint32Array.from(values.keys());
  const tasks = Uint32Array.from(all, (row) => row % 7);
  for (const scale of rewardScales) {
    const scaled = scaledRewards(all, tasks, values, { scale, over: 'task' });
    for (let i = 0; i < 393; i++)
      expect(Math.sign((scaled[i] ?? 0) - (scaled[i + 7] ?? 0))).toBe(Math.sign((values[i] ?? 0) - (values[i + 7] ?? 0)));
  }
});
