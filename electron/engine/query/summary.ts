import type { MetricSummary } from '#shared/model/column.ts';

// Positions are below the array's length, so entries are never undefined: that is what `!` stands for here.

/** Figures of finite numbers in ascending order; `rows` counts them and the rows without one. */
export function summarise(ascending: Float64Array, rows: number): MetricSummary {
  const count = ascending.length;
  const missing = rows - count;
  if (count === 0) return { count, missing };
  const min = ascending[0]!;
  const max = ascending[count - 1]!;
  const { mean, std } = meanAndDeviation(ascending, count, min, max);
  return { count, missing, mean, ...(std !== undefined && { std }), min, max, median: medianOf(count, (rank) => ascending[rank]!) };
}

/**
 * Mean and sample deviation (n - 1) of the first `count` of finite numbers in any order, `min` and `max` among them; at least
 * one. Both are of values divided by the largest one where their squares would overflow. No `std` for a single value.
 */
export function meanAndDeviation(values: Float64Array, count: number, min: number, max: number): { mean: number; std: number | undefined } {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const scale = largest > 1e140 ? largest : 1;
  // Rounding never carries the mean of equal values beyond them, so their deviation is 0.
  const mean = Math.min(max / scale, Math.max(min / scale, sumOfPowers(values, count, scale, 0, 1) / count));
  const std = Math.sqrt(sumOfPowers(values, count, scale, mean, 2) / (count - 1)) * scale;
  return { mean: Math.min(max, Math.max(min, mean * scale)), std: count > 1 && Number.isFinite(std) ? std : undefined };
}

/** Middle value, or the mean of the two middle ones, of `count` values, at least one; `ranked` as for quantileOf. */
export function medianOf(count: number, ranked: (rank: number) => number): number {
  const low = ranked((count - 1) >> 1);
  const high = ranked(count >> 1);
  const between = (low + high) / 2;
  return Number.isFinite(between) ? between : low / 2 + high / 2;
}

/** See quantileOf. */
export function quantile(ascending: Float64Array, p: number): number {
  return quantileOf(ascending.length, (rank) => ascending[rank]!, p);
}

/**
 * The value at share `p` (0 to 1) of `count` values, at least one, of which `ranked` gives those in ascending order from 0:
 * linear between the neighbours of (n - 1) p, numpy's default method.
 */
export function quantileOf(count: number, ranked: (rank: number) => number, p: number): number {
  const position = (count - 1) * p;
  const below = Math.floor(position);
  const low = ranked(below);
  const high = ranked(Math.min(below + 1, count - 1));
  const part = position - below;
  const value = part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
  return Number.isFinite(value) ? value : low * (1 - part) + high * part;
}

/** Neumaier's sum of value / scale - centre, or of its square: what adding loses is added at the end. */
function sumOfPowers(values: Float64Array, count: number, scale: number, centre: number, power: 1 | 2): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const difference = values[i]! / scale - centre;
    const value = power === 1 ? difference : difference * difference;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
