import { stepsOf, valueAt, type Axis } from './bounds.ts';

/** A part of an axis, and the whole of it. */
export interface Zoom {
  readonly min: number;
  readonly max: number;
  readonly of: readonly [number, number];
}

/** Parts of the whole below which nothing more is to be told apart. */
const smallest = 1e-6;

/** Whether looking closer shows more: not where each value has its bin already, nor where the axis grows by a factor. */
export function canZoom(axis: Axis): boolean {
  return axis.apart === undefined && axis.distinct === undefined && stepsOf(axis) === undefined;
}

/** The part seen after zooming in by a factor (out: below 1) around a position of the axis; null: all of it. */
export function zoomAt(axis: Axis, position: number, factor: number, zoom: Zoom | null): Zoom | null {
  const [first, last] = [axis.edges[0] ?? 0, axis.edges.at(-1) ?? 1];
  const of = zoom?.of ?? ([first, last] as const);
  const at = valueAt(position, axis);
  const extent = (last - first) / factor;
  if (!Number.isFinite(extent) || extent < (of[1] - of[0]) * smallest) return zoom;
  const unit = 10 ** Math.floor(Math.log10(extent / 100));
  const round = (value: number): number => Number((Math.round(value / unit) * unit).toPrecision(12));
  const min = Math.max(of[0], round(at - extent * position));
  const max = Math.min(of[1], round(at + extent * (1 - position)));
  return (min <= of[0] && max >= of[1]) || max <= min ? null : { min, max, of };
}

/** Bins of one width over the part seen. */
export function zoomEdges({ min, max }: Zoom, bins: number): number[] {
  const edges = Array.from({ length: bins + 1 }, (_, i) => Number((min + ((max - min) * i) / bins).toPrecision(12)));
  const inside = edges.filter((edge) => edge > min && edge < max);
  return [min, ...inside.filter((edge, i) => i === 0 || edge > (inside[i - 1] ?? edge)), max];
}
