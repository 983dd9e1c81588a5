import { below } from './below.ts';
import { eachGroup, groupRows } from './row-groups.ts';

export const rewardScales = ['none', 'min-max', 'z-score', 'rank'] as const;

export interface RewardScaling {
  readonly scale: (typeof rewardScales)[number];
  /** What minimum, mean and ranks are of. */
  readonly over: 'dataset' | 'task';
  /** The result is cut to this range, after scaling. */
  readonly clip?: { readonly low: number; readonly high: number } | undefined;
}

/**
 * The reward of each row as a trainer is to see it, by row; NaN where a row is not among `rows`, or has no finite reward.
 *
 * - `min-max`: (r - min) / (max - min); 0 where all are equal.
 * - `z-score`: (r - mean) / sample deviation (n - 1), as advantages are; 0 where all are equal, or there is one.
 * - `rank`: the share of the others that are lower, equal ones counting half: 0 the worst, 1 the best; 0.5 where there is one.
 *
 * All over `rows` with a finite reward, or over those of the row's task. `taskOf` may be empty where no task is asked for.
 */
export function scaledRewards(
  rows: Uint32Array,
  taskOf: Uint32Array,
  metric: Float64Array,
  { scale, over, clip }: RewardScaling,
): Float64Array {
  const scaled = new Float64Array(metric.length).fill(Number.NaN);
  const finite = rows.filter((row) => Number.isFinite(metric[row]));
  const scaleAll = (some: Uint32Array): void => {
    const values = Float64Array.from(some, (row) => metric[row] ?? Number.NaN);
    const results = scalings[scale](values);
    some.forEach((row, i) => (scaled[row] = clipped(results[i] ?? Number.NaN, clip)));
  };
  if (over === 'dataset' || scale === 'none') scaleAll(finite);
  else for (const { rows: some } of eachGroup(groupRows(finite, taskOf))) scaleAll(some);
  return scaled;
}

function clipped(value: number, clip: RewardScaling['clip']): number {
  return clip ? Math.min(Math.max(value, clip.low), clip.high) : value;
}

const scalings: Readonly<Record<RewardScaling['scale'], (values: Float64Array) => Float64Array>> = {
  none: (values) => values,
  'min-max'(values) {
    const low = values.reduce((least, value) => Math.min(least, value), Infinity);
    const range = values.reduce((most, value) => Math.max(most, value), -Infinity) - low;
    return values.map((value) => (range === 0 ? 0 : (value - low) / range));
  },
  'z-score'(values) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
  },
  rank(values) {
    const sorted = values.slice().sort();
    return values.map((value) =>
      values.length === 1 ? 0.5 : (below(sorted, value) + (below(sorted, value, true) - 1)) / 2 / (values.length - 1),
    );
  },
};
