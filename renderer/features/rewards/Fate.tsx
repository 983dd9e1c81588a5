import type { Histogram } from '#shared/model/histogram.ts';
import { handlePosition, type Bounds } from '../../ui/bounds.ts';
import { formatCount } from '../../ui/format.ts';
import css from './RewardHistogram.module.css';

interface FateProps {
  readonly bounds: Bounds;
  readonly histogram: Histogram;
  readonly width: number;
  readonly drop: number;
  readonly keep: number;
}

/** How many rollouts fall on either side of the handle that divides them. */
export function Fate({ bounds, histogram, width, drop, keep }: FateProps) {
  const side = bounds.min === null ? 'max' : 'min';
  const at = handlePosition(bounds[side], side, histogram) * width;
  const labels = [
    { kind: 'drop', text: `drop ${formatCount(drop)}` },
    { kind: 'keep', text: `keep ${formatCount(keep)}` },
  ];
  const [left, right] = side === 'min' ? labels : [...labels].reverse();
  return (
    <div className={css.fate} aria-hidden>
      {left !== undefined && at > 70 && (
        <span data-kind={left.kind} style={{ right: width - at + 8 }}>
          {left.text}
        </span>
      )}
      {right !== undefined && width - at > 70 && (
        <span data-kind={right.kind} style={{ left: at + 8 }}>
          {right.text}
        </span>
      )}
    </div>
  );
}
