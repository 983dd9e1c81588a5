import type { Histogram } from '#shared/model/histogram.ts';
import { stepsOf } from './bounds.ts';

export interface CumulativePoint {
  readonly value: number;
  /** Of the numbers, 0 to 1. */
  readonly share: number;
  /** The share includes the value itself. */
  readonly isIncluded: boolean;
}

export interface Cumulative {
  readonly points: readonly CumulativePoint[];
  /** The share jumps at each point and is level between them; otherwise only its values at the points are known. */
  readonly isStepped: boolean;
}

/**
 * The empirical distribution function from the counts of a histogram, exact at its points: where each value has a bin of its
 * own, the share at or below the values; else the share below the edges, because what lies on an edge is in the bin above.
 */
export function cumulativeOf(histogram: Pick<Histogram, 'edges' | 'counts' | 'distinct'>): Cumulative {
  const { edges, counts } = histogram;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const first = edges[0];
  if (first === undefined || total === 0) return { points: [], isStepped: false };
  const steps = stepsOf(histogram);
  const points: CumulativePoint[] = [{ value: first, share: 0, isIncluded: false }];
  let below = 0;
  counts.forEach((count, bin) => {
    below += count;
    const upper = edges[bin + 1] ?? first;
    const step = steps?.find(
      (value) => value >= (edges[bin] ?? first) && (value < upper || (bin === counts.length - 1 && value === upper)),
    );
    if (steps === undefined) points.push({ value: upper, share: below / total, isIncluded: bin === counts.length - 1 });
    else if (step !== undefined) points.push({ value: step, share: below / total, isIncluded: true });
  });
  const last = edges.at(-1);
  if (steps !== undefined && last !== undefined && points.at(-1)?.value !== last) points.push({ value: last, share: 1, isIncluded: true });
  return { points, isStepped: steps !== undefined };
}
