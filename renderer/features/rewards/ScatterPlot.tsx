import { memo, useMemo, useRef, type PointerEvent } from 'react';
import type { Density } from '#shared/model/histogram.ts';
import { axisTicks } from '../../ui/axis-ticks.ts';
import { boundAt, handlePosition, positionOf, type Axis, type Bounds } from '../../ui/bounds.ts';
import { formatTick } from '../../ui/format.ts';
import { useSize } from '../../ui/use-size.ts';
import type { Axes } from './Scatter.tsx';
import css from './Scatter.module.css';

const height = 148;
/** Px below which a movement is a click, which draws no rectangle. */
const slack = 4;

interface ScatterPlotProps {
  readonly label: string;
  readonly density: Density;
  readonly axes: Axes;
  readonly bounds: { readonly x: Bounds; readonly y: Bounds };
  readonly isDraft: boolean;
  readonly onBrush: (bounds: { x: Bounds; y: Bounds }) => void;
}

interface Point {
  /** Shares of the width from the left and of the height from below. */
  readonly x: number;
  readonly y: number;
}

/** Cells as dark as they hold rollouts, logarithmically; a rectangle over what is in bounds. */
export function ScatterPlot({ label, density, axes, bounds, isDraft, onBrush }: ScatterPlotProps) {
  const { ref, width } = useSize<HTMLDivElement>({ width: 272, height });
  const start = useRef<Point | null>(null);

  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: 1 - (event.clientY - box.top) / box.height };
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = pointOf(event);
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    const from = start.current;
    if (from === null) return;
    const to = pointOf(event);
    if (Math.abs(to.x - from.x) * width < slack && Math.abs(to.y - from.y) * height < slack) return;
    const range = (a: number, b: number, axis: Axis, pixels: number): Bounds => ({
      min: boundAt(Math.min(a, b), 'min', axis, pixels),
      max: boundAt(Math.max(a, b), 'max', axis, pixels),
    });
    onBrush({ x: range(from.x, to.x, axes.x, width), y: range(from.y, to.y, axes.y, height) });
  };
  const end = (): void => {
    start.current = null;
  };

  return (
    <div className={css.chart}>
      <div
        ref={ref}
        className={css.plot}
        style={{ height }}
        role="img"
        aria-label={label}
        data-testid="scatter"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <svg width={width} height={height} aria-hidden>
          <Cells density={density} axes={axes} width={width} />
          {axisTicks(axes.y, 3).map((tick) => (
            <text key={tick} className={css.tick} x={3} y={Math.max(9, (1 - positionOf(tick, axes.y)) * height - 2)}>
              {formatTick(tick)}
            </text>
          ))}
          <line className={css.base} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
          {(isBound(bounds.x) || isBound(bounds.y)) && (
            <rect className={css.brush} data-draft={isDraft || undefined} {...rectangle(bounds, axes, width)} />
          )}
        </svg>
      </div>
      <div className={css.ticks} aria-hidden>
        {axisTicks(axes.x, width > 350 ? 6 : 4).map((tick) => {
          const left = positionOf(tick, axes.x) * width;
          return (
            <span key={tick} style={{ left }} data-end={left < 8 ? 'left' : left > width - 8 ? 'right' : undefined}>
              {formatTick(tick)}
            </span>
          );
        })}
      </div>
    </div>
  );
}

const Cells = memo(function Cells({ density, axes, width }: { density: Density; axes: Axes; width: number }) {
  return useMemo(() => {
    const columns = density.x.length - 1;
    const most = Math.log1p(Math.max(1, ...density.counts));
    const at = (edges: readonly number[], axis: Axis): number[] => edges.map((edge) => positionOf(edge, axis));
    const [lefts, lows] = [at(density.x, axes.x), at(density.y, axes.y)];
    return density.counts.map((count, cell) => {
      if (count === 0) return null;
      const [i, j] = [cell % columns, Math.floor(cell / columns)];
      const left = (lefts[i] ?? 0) * width;
      const top = (1 - (lows[j + 1] ?? 0)) * height;
      return (
        <rect
          key={cell}
          className={css.cell}
          x={left}
          y={top}
          width={Math.max(1, (lefts[i + 1] ?? 0) * width - left - 0.5)}
          height={Math.max(1, (1 - (lows[j] ?? 0)) * height - top - 0.5)}
          opacity={0.18 + (0.82 * Math.log1p(count)) / most}
        />
      );
    });
  }, [density, axes, width]);
});

function isBound({ min, max }: Bounds): boolean {
  return min !== null || max !== null;
}

function rectangle(bounds: { x: Bounds; y: Bounds }, axes: Axes, width: number) {
  const at = (axis: 'x' | 'y', side: 'min' | 'max'): number => handlePosition(bounds[axis][side], side, axes[axis]);
  const left = at('x', 'min') * width;
  const top = (1 - at('y', 'max')) * height;
  return {
    x: left,
    y: top,
    width: Math.max(1, at('x', 'max') * width - left),
    height: Math.max(1, (1 - at('y', 'min')) * height - top),
  };
}
