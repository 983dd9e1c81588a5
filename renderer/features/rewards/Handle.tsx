import type { KeyboardEvent, PointerEvent } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { formatValue } from '../../ui/format.ts';
import { boundAt, handlePosition, stepBound, type Bounds, type Side } from '../../ui/bounds.ts';
import { keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';
import css from './RewardHistogram.module.css';

interface HandleProps {
  readonly side: Side;
  readonly name: string;
  readonly bounds: Bounds;
  readonly histogram: Histogram;
  readonly width: number;
  readonly isDraft: boolean;
  readonly onBounds: (bounds: Bounds) => void;
  /** Asks for the value to be typed. */
  readonly onType: (side: Side) => void;
}

/** In bins. */
const steps: Partial<Record<KeyId, number>> = {
  'threshold.less': -1,
  'threshold.more': 1,
  'threshold.muchLess': -10,
  'threshold.muchMore': 10,
};

/** One bound of the range, as a slider: dragged, or moved by arrow keys, a bin at a time, with Shift ten. Enter and Esc are the rail's. */
export function Handle({ side, name, bounds, histogram, width, isDraft, onBounds, onType }: HandleProps) {
  const bound = bounds[side];
  const position = handlePosition(bound, side, histogram);
  const ends = { min: histogram.edges[0] ?? 0, max: histogram.edges.at(-1) ?? 1 };
  const set = (value: number | null): void => onBounds({ ...bounds, [side]: value });

  const drag = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box === undefined) return;
    set(boundAt((event.clientX - box.left) / box.width, side, histogram, width));
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyIn('threshold', event);
    const by = key === null ? undefined : steps[key];
    if (by !== undefined) set(stepBound(bound, side, by, histogram));
    else if (key === 'threshold.first') set(side === 'min' ? null : stepBound(null, side, -histogram.edges.length, histogram));
    else if (key === 'threshold.last') set(side === 'max' ? null : stepBound(null, side, histogram.edges.length, histogram));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.handle}
      data-side={side}
      data-set={bound !== null || undefined}
      data-draft={isDraft || undefined}
      data-testid={`handle-${side}`}
      style={{ left: position * width }}
      aria-label={side === 'min' ? `${name} at least` : `${name} at most`}
      aria-valuemin={ends.min}
      aria-valuemax={ends.max}
      aria-valuenow={bound ?? ends[side]}
      aria-valuetext={bound === null ? 'no bound' : formatValue(bound)}
      onPointerDown={down}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onType(side)}
      title="Drag, or move with the arrow keys; double-click to type"
    >
      <span className={css.grip} />
    </div>
  );
}
