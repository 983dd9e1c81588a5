import type { KeyboardEvent, PointerEvent } from 'react';
import { formatValue } from '../../ui/format.ts';
import { positionOf, valueAt, type Axis } from '../../ui/bounds.ts';
import { keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';
import css from './RewardHistogram.module.css';

interface PassMarkProps {
  readonly name: string;
  readonly mark: number;
  readonly axis: Axis;
  readonly width: number;
  readonly onChange: (mark: number) => void;
}

/** By how much of the axis. */
const steps: Partial<Record<KeyId, number>> = {
  'passMark.less': -0.05,
  'passMark.more': 0.05,
  'passMark.muchLess': -0.25,
  'passMark.muchMore': 0.25,
  'passMark.first': -1,
  'passMark.last': 1,
};

/** The dashed line that divides good from bad where cells are coloured. It takes no row out. */
export function PassMark({ name, mark, axis, width, onChange }: PassMarkProps) {
  const ends = { min: axis.edges[0] ?? 0, max: axis.edges.at(-1) ?? 1 };
  const set = (value: number): void => onChange(Number(Math.min(ends.max, Math.max(ends.min, value)).toPrecision(3)));

  const down = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box !== undefined) set(valueAt((event.clientX - box.left) / box.width, axis));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyIn('passMark', event);
    const by = key === null ? undefined : steps[key];
    if (by === undefined) return;
    set(valueAt(Math.min(1, Math.max(0, positionOf(mark, axis) + by)), axis));
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.mark}
      style={{ left: positionOf(mark, axis) * width }}
      aria-label={`Pass mark of ${name}`}
      aria-valuemin={ends.min}
      aria-valuemax={ends.max}
      aria-valuenow={mark}
      aria-valuetext={formatValue(mark)}
      title={`Pass mark ${formatValue(mark)}: colours rewards, filters nothing`}
      onPointerDown={down}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  );
}
