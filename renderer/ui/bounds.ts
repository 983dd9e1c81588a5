import type { Histogram } from '#shared/model/histogram.ts';

/** A range on a metric; null is no bound on that side. Both ends are included. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}
export type Side = keyof Bounds;

/** Where zeros and negatives are counted apart, the axis is logarithmic. */
export type Axis = Pick<Histogram, 'edges' | 'distinct' | 'apart'> & {
  /** There are values beyond both ends: a bound at an end is one. */
  readonly isPart?: boolean;
};

/**
 * The values a discrete metric can take, each in a bin of its own: its few distinct ones, or the whole numbers in bins
 * around them. Undefined for a continuous one. Some bins between may be empty.
 */
export function stepsOf({ edges, distinct }: Axis): readonly number[] | undefined {
  if (distinct !== undefined && distinct.length > 0) {
    const bins = new Set(distinct.map((value) => binOf(value, edges)));
    return bins.size === distinct.length ? distinct : undefined;
  }
  const unit = edges.length > 1 && edges.every((edge, index) => edge === (edges[0] ?? 0) + index && edge % 1 !== 0 && (edge * 2) % 1 === 0);
  return unit ? edges.slice(0, -1).map((edge) => edge + 0.5) : undefined;
}

/** Bin i holds edges[i] <= value < edges[i + 1]; the last one also its upper edge. */
function binOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => edge > value);
  return above < 0 ? edges.length - 2 : Math.max(0, above - 1);
}

/** Where a value lies on the axis, 0 to 1. */
export function positionOf(value: number, { edges, apart }: Axis): number {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  if (!(last > first) || value <= first) return 0;
  if (apart !== undefined) return Math.min(1, Math.log(value / first) / Math.log(last / first));
  // Halves: the ends may be further apart than a number can say.
  return Math.min(1, (value / 2 - first / 2) / (last / 2 - first / 2));
}

/** The value at a position of the axis. */
export function valueAt(position: number, { edges, apart }: Axis): number {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  const at = Math.min(1, Math.max(0, position));
  if (apart !== undefined) return first * (last / first) ** at;
  const extent = last - first;
  return Number.isFinite(extent) ? first + at * extent : first * (1 - at) + last * at;
}

/** Where the handle of a bound stands, 0 to 1: on the value, or on the outer edge of the value's own bin. */
export function handlePosition(bound: number | null, side: Side, axis: Axis): number {
  if (bound === null) return side === 'min' ? 0 : 1;
  const steps = stepsOf(axis);
  if (steps === undefined) return positionOf(bound, axis);
  const kept = steps.filter((step) => (side === 'min' ? step >= bound : step <= bound));
  const outermost = side === 'min' ? kept[0] : kept.at(-1);
  return outermost === undefined ? (side === 'min' ? 1 : 0) : outerEdge(outermost, side, axis);
}

/** Where the bin of a step ends on the side that a handle on it stands. */
function outerEdge(step: number, side: Side, axis: Axis): number {
  const bin = binOf(step, axis.edges);
  return positionOf(axis.edges[side === 'min' ? bin : bin + 1] ?? 0, axis);
}

/** The bound that a handle dropped at `position` (0 to 1) means; null at its own end of the axis. `pixels`: width of the axis. */
export function boundAt(position: number, side: Side, axis: Axis, pixels: number): number | null {
  const { edges, isPart = false } = axis;
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  if (!isPart && (side === 'min' ? position <= 0 : position >= 1)) return null;
  const value = valueAt(position, axis);
  const steps = stepsOf(axis);
  if (steps !== undefined) {
    const away = (step: number): number => Math.abs(outerEdge(step, side, axis) - position);
    const step = steps.reduce((best, candidate) => (away(candidate) < away(best) ? candidate : best));
    return step === (side === 'min' ? steps[0] : steps.at(-1)) ? null : step;
  }
  const edge = nearest(value, edges);
  const perPixel = pixelWidth(value, axis, Math.max(1, pixels));
  if (Math.abs(edge - value) <= 3 * perPixel) return !isPart && (side === 'min' ? edge === first : edge === last) ? null : edge;
  return roundTo(value, perPixel);
}

/** The bound `by` bins further (negative: back); null beyond its own end. */
export function stepBound(bound: number | null, side: Side, by: number, axis: Axis): number | null {
  const stops = stepsOf(axis) ?? axis.edges;
  const end = side === 'min' ? 0 : stops.length - 1;
  const at = bound === null ? end : nextStop(bound, by, stops);
  const next = Math.min(stops.length - 1, Math.max(0, at + by));
  return next === end && axis.isPart !== true ? null : (stops[next] ?? null);
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

/** How much of the axis a pixel covers at a value. */
function pixelWidth(value: number, { edges, apart }: Axis, pixels: number): number {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  return apart === undefined ? last / pixels - first / pixels : value * ((last / first) ** (1 / pixels) - 1);
}

/** To the decimal place that a pixel can tell apart, so that a bound reads 0.83 and not 0.8271604938. */
function roundTo(value: number, resolution: number): number {
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(resolution))));
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(resolution)));
  return digits > 0 ? Number(value.toFixed(digits)) : Number((Math.round(value / scale) * scale).toPrecision(15));
}
