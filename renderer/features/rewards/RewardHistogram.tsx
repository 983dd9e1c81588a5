import { useRef, type PointerEvent } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { axisTicks, ticksApart } from '../../ui/axis-ticks.ts';
import { countTicks } from '../../ui/bars.ts';
import { formatCompact, formatTick } from '../../ui/format.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { useWheel } from '../../ui/use-wheel.ts';
import { useSize } from '../../ui/use-size.ts';
import { boundAt, positionOf, type Axis, type Bounds, type Side } from '../../ui/bounds.ts';
import { barHeight, Bars } from './Bars.tsx';
import { FateLabels, type Fate } from './Fate.tsx';
import { Handle } from './Handle.tsx';
import { HistogramTable } from '../../ui/HistogramTable.tsx';
import { PassMark } from './PassMark.tsx';
import { RivalLines } from './RivalLines.tsx';
import { ShareLine } from './ShareLine.tsx';
import { StackLegend } from './StackLegend.tsx';
import css from './RewardHistogram.module.css';

export interface RewardHistogramProps {
  readonly name: string;
  /** `isPart`: what is seen is a part of the axis. */
  readonly histogram: Histogram & Pick<Axis, 'isPart'>;
  readonly range: ValueRange;
  readonly bounds: Bounds;
  readonly isDraft: boolean;
  readonly passMark: number;
  readonly logarithmic: boolean;
  readonly height: number;
  /** Rollouts that the draft would take out and leave; undefined before they are known. */
  readonly fate: Fate | undefined;
  /** Bounds of the draft that is held to compare with. */
  readonly rival: Bounds | null;
  /** Draws the share of rollouts below each value over the bars. */
  readonly withShare: boolean;
  readonly onBounds: (bounds: Bounds) => void;
  readonly onPassMark: (mark: number) => void;
  /** The wheel, at a position of the axis (0 to 1); in by a factor, or out. */
  readonly onZoom: (position: number, factor: number) => void;
  /** Asks for the value of a bound to be typed. */
  readonly onType: (side: Side) => void;
}

/** Where the counts of the grid lines begin, in px: clear of the handle that stands at the left end. */
const besideHandle = 10;

/**
 * The distribution of a metric with a handle for each bound. A click sets the lower bound, a drag over the bars a range.
 * Bars are grey until a draft divides them into what would be kept and what not.
 */
export function RewardHistogram(props: RewardHistogramProps) {
  const { name, histogram, bounds, isDraft, passMark, logarithmic, height, fate, rival, withShare, onBounds, onPassMark, onZoom, onType } =
    props;
  const { ref, width } = useSize<HTMLDivElement>({ width: 272, height });
  useWheel(ref, onZoom);
  /** Where a press began, and whether it has set anything yet. */
  const brush = useRef<{ readonly start: number; moved: boolean } | null>(null);
  const { all, stack } = histogram;
  const longest = Math.max(0, ...all);
  const x = (value: number): number => positionOf(value, histogram) * width;
  const length = (count: number): number => barHeight(count, props);
  const ticks = ticksApart(axisTicks(histogram, width > 350 ? 6 : 4), x, formatTick);

  const positionIn = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const start = positionIn(event);
    brush.current = { start, moved: false };
    // A finger may be about to scroll the rail: what it means is known when it is lifted, or has moved sideways.
    if (event.pointerType !== 'touch') setLeast(start);
  };
  const setLeast = (position: number): void => onBounds({ min: boundAt(position, 'min', histogram, width), max: null });
  const up = (event: PointerEvent<HTMLElement>): void => {
    const pressed = brush.current;
    brush.current = null;
    if (pressed !== null && !pressed.moved && event.pointerType === 'touch') setLeast(pressed.start);
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    const pressed = brush.current;
    if (pressed === null) return;
    const { start } = pressed;
    const end = positionIn(event);
    if (Math.abs(end - start) * width < 4) return;
    pressed.moved = true;
    onBounds({
      min: boundAt(Math.min(start, end), 'min', histogram, width),
      max: boundAt(Math.max(start, end), 'max', histogram, width),
    });
  };

  const handle = { name, bounds, histogram, width, isDraft, onBounds, onType };
  return (
    <div className={css.chart}>
      <div
        ref={ref}
        className={css.plot}
        style={{ height }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => (brush.current = null)}
      >
        <svg width={width} height={height} aria-hidden className={css.svg}>
          {countTicks(longest, logarithmic).map((tick) => (
            <line key={tick} className={css.grid} x1={0} x2={width} y1={height - length(tick)} y2={height - length(tick)} />
          ))}
          <Bars {...props} width={width} />
          {withShare && <ShareLine histogram={histogram} width={width} height={height} />}
          {countTicks(longest, logarithmic).map((tick) => (
            <text key={tick} className={css.count} x={besideHandle} y={height - length(tick) - 3}>
              {formatCompact(tick)}
            </text>
          ))}
          <line className={css.base} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        </svg>
        {rival !== null && <RivalLines bounds={rival} draft={bounds} histogram={histogram} width={width} />}
        <PassMark name={name} mark={passMark} axis={histogram} width={width} onChange={onPassMark} />
        {isDraft && fate !== undefined && <FateLabels bounds={bounds} histogram={histogram} width={width} fate={fate} />}
        <Handle side="min" {...handle} />
        <Handle side="max" {...handle} />
      </div>
      <div className={css.ticks} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: x(tick) }} data-end={x(tick) < 8 ? 'left' : x(tick) > width - 8 ? 'right' : undefined}>
            {formatTick(tick)}
          </span>
        ))}
      </div>
      {stack !== undefined && <StackLegend stack={stack} />}
      <HistogramTable name={name} histogram={histogram} />
    </div>
  );
}
