import type { MetricSummary } from '#shared/model/column.ts';

// Positions are below the array's length, so entries are never undefined: that is what `!` stands for here.

/**
 * Figures of finite numbers in ascending order; `rows` counts them and the rows without one. Mean and deviation are of
 * values divided by the largest one where their squares would overflow.
 */
export function summarise(ascending: Float64Array, rows: number): MetricSummary {
  const count = ascending.length;
  const missing = rows - count;
  if (count === 0) return { count, missing };
  const min = ascending[0]!;
  const max = ascending[count - 1]!;
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const scale = largest > 1e140 ? largest : 1;
  const mean = sum(ascending, (value) => value / scale) / count;
  const squares = sum(ascending, (value) => (value / scale - mean) ** 2);
  const std = Math.sqrt(squares / (count - 1)) * scale;
  return {
    count,
    missing,
    // Rounding never carries the mean of equal values beyond them.
    mean: Math.min(max, Math.max(min, mean * scale)),
    ...(count > 1 && Number.isFinite(std) && { std }),
    min,
    max,
    median: median(ascending),
  };
}

/** Middle value, or the mean of the two middle ones. Needs at least one. */
function median(ascending: Float64Array): number {
  const low = ascending[(ascending.length - 1) >> 1]!;
  const high = ascending[ascending.length >> 1]!;
  const between = (low + high) / 2;
  return Number.isFinite(between) ? between : low / 2 + high / 2;
}

/** The value at share `p` (0 to 1), linear between the neighbours of (n - 1) p: numpy's default method. Needs at least one. */
export function quantile(ascending: Float64Array, p: number): number {
  const position = (ascending.length - 1) * p;
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  const part = position - below;
  const value = part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
  return Number.isFinite(value) ? value : low * (1 - part) + high * part;
}

/** Neumaier's sum: what adding loses is added at the end. */
function sum(values: Float64Array, of: (value: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = of(values[i]!);
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
