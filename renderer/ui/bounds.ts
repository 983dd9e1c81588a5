import type { Histogram } from '#shared/model/histogram.ts';

/** A range on a metric; null is no bound on that side. Both ends are included. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}
export type Side = keyof Bounds;

type Axis = Pick<Histogram, 'edges' | 'distinct'>;

/** The values of a metric with a bin for each of its few values; undefined for a continuous one. */
export function stepsOf({ edges, distinct }: Axis): readonly number[] | undefined {
  return distinct !== undefined && distinct.length > 0 && distinct.length === edges.length - 1 ? distinct : undefined;
}

/** Where a value lies on the axis, 0 to 1. */
export function positionOf(value: number, { edges }: Axis): number {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  return last > first ? Math.min(1, Math.max(0, (value - first) / (last - first))) : 0;
}

/** Where the handle of a bound stands, 0 to 1: on the value, or on the outer edge of the value's own bin. */
export function handlePosition(bound: number | null, side: Side, axis: Axis): number {
  if (bound === null) return side === 'min' ? 0 : 1;
  const steps = stepsOf(axis);
  if (steps === undefined) return positionOf(bound, axis);
  const kept = steps.flatMap((step, bin) => ((side === 'min' ? step >= bound : step <= bound) ? [bin] : []));
  const bin = side === 'min' ? (kept[0] ?? steps.length) : (kept.at(-1) ?? -1) + 1;
  return positionOf(axis.edges[bin] ?? 0, axis);
}

/** The bound that a handle dropped at `position` (0 to 1) means; null at its own end of the axis. `pixels`: width of the axis. */
export function boundAt(position: number, side: Side, axis: Axis, pixels: number): number | null {
  if (side === 'min' ? position <= 0 : position >= 1) return null;
  const { edges } = axis;
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  const value = first + Math.min(1, Math.max(0, position)) * (last - first);
  const edge = nearest(value, edges);
  const steps = stepsOf(axis);
  if (steps !== undefined) {
    const bin = edges.indexOf(edge);
    return side === 'min'
      ? bin === 0
        ? null
        : (steps[bin] ?? steps.at(-1) ?? null)
      : bin >= steps.length
        ? null
        : (steps[bin - 1] ?? steps[0] ?? null);
  }
  const perPixel = (last - first) / Math.max(1, pixels);
  if (Math.abs(edge - value) <= 3 * perPixel) return (side === 'min' ? edge === first : edge === last) ? null : edge;
  return roundTo(value, perPixel);
}

/** The bound `by` bins further (negative: back); null beyond its own end. */
export function stepBound(bound: number | null, side: Side, by: number, axis: Axis): number | null {
  const stops = stepsOf(axis) ?? axis.edges;
  const end = side === 'min' ? 0 : stops.length - 1;
  const at = bound === null ? end : nextStop(bound, by, stops);
  const next = Math.min(stops.length - 1, Math.max(0, at + by));
  return next === end ? null : (stops[next] ?? null);
}

/** Index of the stop from which to count: between two stops, the one behind. */
function nextStop(bound: number, by: number, stops: readonly number[]): number {
  const exact = stops.indexOf(bound);
  if (exact >= 0) return exact;
  const above = stops.findIndex((stop) => stop > bound);
  const upper = above < 0 ? stops.length : above;
  return by > 0 ? upper - 1 : upper;
}

function nearest(value: number, stops: readonly number[]): number {
  return stops.reduce((best, stop) => (Math.abs(stop - value) < Math.abs(best - value) ? stop : best), stops[0] ?? value);
}

/** To the decimal place that a pixel can tell apart, so that a bound reads 0.83 and not 0.8271604938. */
function roundTo(value: number, resolution: number): number {
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(resolution))));
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(resolution)));
  return digits > 0 ? Number(value.toFixed(digits)) : Math.round(value / scale) * scale;
}
