// Positions are below the list's length, so entries are never undefined: that is what `!` stands for here.

/**
 * What counts as passed unless someone says otherwise: the larger value of a metric that has two over all rollouts, else 0.5.
 * `values`: one a rollout, or each once. Numbers that are not finite are no values.
 */
export function defaultPassMark(values: ArrayLike<number>): number {
  let low = Number.NaN;
  let high = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value) || value === low || value === high) continue;
    if (Number.isNaN(low)) low = value;
    else if (Number.isNaN(high)) high = value;
    else return 0.5;
  }
  return Number.isNaN(high) ? 0.5 : Math.max(low, high);
}
