import { eachGroup, groupRows } from './row-groups.ts';

export const Label = { good: 1, bad: 0, none: 2 } as const;

export interface KtoOptions {
  /** Good from here on; `task-mean`: from the mean of the row's task on. */
  readonly threshold: number | 'task-mean';
  /** Values nearer to the threshold than this are neither. */
  readonly deadBand: number;
}

/** A `Label` for each of the rows, by position; none where the metric has no finite number, or in the dead band. */
export function ktoLabels(rows: Uint32Array, taskOf: Uint32Array, metric: Float64Array, { threshold, deadBand }: KtoOptions): Uint8Array {
  const thresholdOf = threshold === 'task-mean' ? taskMeans(rows, taskOf, metric) : (): number => threshold;
  return Uint8Array.from(rows, (row) => {
    const value = metric[row] ?? Number.NaN;
    const mark = thresholdOf(row);
    if (!Number.isFinite(value) || Math.abs(value - mark) < deadBand) return Label.none;
    return value >= mark ? Label.good : Label.bad;
  });
}

function taskMeans(rows: Uint32Array, taskOf: Uint32Array, metric: Float64Array): (row: number) => number {
  const means = new Map<number, number>();
  for (const group of eachGroup(groupRows(rows, taskOf))) {
    const values = [...group.rows].map((row) => metric[row] ?? Number.NaN).filter(Number.isFinite);
    means.set(group.task, values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  return (row) => means.get(taskOf[row] ?? -1) ?? Number.NaN;
}
