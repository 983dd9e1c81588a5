import { handlePosition, type Axis, type Bounds } from '../../ui/bounds.ts';
import css from './RewardHistogram.module.css';

interface RivalLinesProps {
  /** Of the threshold that is held to compare with. */
  readonly bounds: Bounds;
  /** Of the one that is dragged. */
  readonly draft: Bounds;
  readonly histogram: Axis;
  readonly width: number;
}

/** The word beside a line takes so many px. */
const wordWidth = 28;

/** Where the threshold stands that is held to compare with. Its name is written away from the handle that is dragged. */
export function RivalLines({ bounds, draft, histogram, width }: RivalLinesProps) {
  return (['min', 'max'] as const).map((side) => {
    if (bounds[side] === null) return null;
    const left = handlePosition(bounds[side], side, histogram) * width;
    const dragged = handlePosition(draft[side], side, histogram) * width;
    const isCrowded = left + wordWidth > width || (dragged >= left && dragged < left + wordWidth);
    return (
      <span key={side} className={css.rival} data-before={(isCrowded && left > wordWidth) || undefined} style={{ left }} aria-hidden>
        held
      </span>
    );
  });
}
