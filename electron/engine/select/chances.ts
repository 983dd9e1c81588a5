import { signalTolerance } from './signal-tolerance.ts';

// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** The chance that one of k rollouts drawn without return passes: 1 - C(n - c, k) / C(n, k). Undefined when k > n. */
export function passAtK(n: number, passed: number, k: number): number | undefined {
  if (k > n || k < 1) return undefined;
  let allFail = 1;
  for (let i = 0; i < k; i++) allFail *= Math.max(0, n - passed - i) / (n - i);
  return 1 - allFail;
}

/**
 * pass@k of one task by Gym's compute_pass_majority_metrics, of its values by rollout index: where all are 0 or 1 the chance that one
 * of k drawn without return is 1, else the greatest of the first k. Undefined where there are fewer than k.
 */
export function gymPassAtK(values: readonly number[], k: number): number | undefined {
  if (values.length < k || k < 1) return undefined;
  if (!values.every((value) => value === 0 || value === 1)) return Math.max(...values.slice(0, k));
  return passAtK(values.length, values.filter((value) => value === 1).length, k);
}

/** How often a group of another size would have no signal. */
export interface DeadChance {
  readonly chance: number;
  /** More rollouts are asked for than there are: the chance is that of drawing with return. */
  readonly extrapolated: boolean;
}

/**
 * The chance that `size` rollouts of a task carry no signal, from the values of its rollouts, ascending and finite, at least
 * two. Exact (drawn without return, hypergeometric) up to their number.
 */
export function deadChance(ascending: Float64Array, size: number, tolerance = signalTolerance): DeadChance {
  const n = ascending.length;
  const extrapolated = size > n;
  let chance = 0;
  let end = 0;
  for (let i = 0; i < n; i++) {
    // Draws whose smallest value stands at i, and whose others are among the `near` values behind it, within the tolerance.
    while (end < n && ascending[end]! - ascending[i]! <= tolerance) end++;
    const near = end - i - 1;
    chance += extrapolated ? ((near + 1) / n) ** size - (near / n) ** size : shareOfDraws(near, n, size);
  }
  return { chance: Math.min(1, chance), extrapolated };
}

/** C(near, size - 1) / C(n, size). */
function shareOfDraws(near: number, n: number, size: number): number {
  if (near < size - 1) return 0;
  let share = size / n;
  for (let i = 0; i < size - 1; i++) share *= (near - i) / (n - 1 - i);
  return share;
}
