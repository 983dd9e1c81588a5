import { meanAndDeviation } from '../query/index.ts';
import { signalTolerance } from './groups.ts';

/**
 * Advantages of the rollouts of one task: reward minus mean, and that over the sample deviation (n - 1), as group-relative
 * training has them but for the small number it adds to the deviation. A group without a signal has 0, a rollout without a
 * finite reward NaN.
 */
export function advantages(rewards: Float64Array, tolerance = signalTolerance): { centred: Float64Array; scaled: Float64Array } {
  const values = rewards.filter(Number.isFinite);
  if (values.length === 0) return { centred: rewards.map(() => Number.NaN), scaled: rewards.map(() => Number.NaN) };
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const { mean, std = Number.NaN } = meanAndDeviation(values, values.length, min, max);
  const of = (scale: number): Float64Array =>
    rewards.map((reward) => (!Number.isFinite(reward) ? Number.NaN : max - min > tolerance ? (reward - mean) / scale : 0));
  return { centred: of(1), scaled: of(std) };
}
