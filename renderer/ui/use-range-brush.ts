import { useRef, type PointerEvent } from 'react';
import { type Axis, boundAt } from './bounds.ts';

interface Brushed {
  readonly axis: Axis;
  /** Width of the chart. */
  readonly pixels: number;
  /** Bounds of what is dragged over; null where it reaches the end of the axis. */
  readonly onRange: (min: number | null, max: number | null) => void;
}

/** A shorter way is no drag. */
const leastPixels = 3;

/** Handlers of a chart whose bars are dragged over to choose a range of values. */
export function useRangeBrush(): (brushed: Brushed) => {
  onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
  onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
} {
  const start = useRef<number | null>(null);
  const end = (): void => {
    start.current = null;
  };
  return ({ axis, pixels, onRange }) => ({
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = positionIn(event);
    },
    onPointerMove(event) {
      const from = start.current;
      const to = positionIn(event);
      if (from === null || Math.abs(to - from) * pixels < leastPixels) return;
      onRange(boundAt(Math.min(from, to), 'min', axis, pixels), boundAt(Math.max(from, to), 'max', axis, pixels));
    },
    onPointerUp: end,
    onPointerCancel: end,
  });
}

/** Share of the chart's width. */
function positionIn(event: PointerEvent<SVGSVGElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return (event.clientX - box.left) / box.width;
}
