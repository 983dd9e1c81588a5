import { signalTolerance } from './groups.ts';

/**
 * Advantages of the rollouts of one task: reward minus mean, and that over the sample deviation (n - 1), as group-relative
 * training has them but for the small number it adds to the deviation. A group without a signal has 0, a rollout without a
 * finite reward NaN.
 */
export function advantages(rewards: Float64Array, tolerance = signalTolerance): { centred: Float64Array; scaled: Float64Array } {
  const values = rewards.filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const spread =
    values.reduce((max, value) => Math.max(max, value), -Infinity) - values.reduce((min, value) => Math.min(min, value), Infinity);
  const of = (scale: number): Float64Array =>
    rewards.map((reward) => (!Number.isFinite(reward) ? Number.NaN : spread > tolerance ? (reward - mean) / scale : 0));
  return { centred: of(1), scaled: of(deviation) };
}
