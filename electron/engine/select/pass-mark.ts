// Rows are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/**
 * What counts as passed unless someone says otherwise: the larger value of a metric that has two, else 0.5. Numbers that are
 * not finite are no values.
 */
export function defaultPassMark(metric: Float64Array): number {
  let low = Number.NaN;
  let high = Number.NaN;
  for (let row = 0; row < metric.length; row++) {
    const value = metric[row]!;
    if (!Number.isFinite(value) || value === low || value === high) continue;
    if (Number.isNaN(low)) low = value;
    else if (Number.isNaN(high)) high = value;
    else return 0.5;
  }
  return Number.isNaN(high) ? 0.5 : Math.max(low, high);
}
