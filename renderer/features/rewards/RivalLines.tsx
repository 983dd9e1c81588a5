import { handlePosition, type Axis, type Bounds } from '../../ui/bounds.ts';
import css from './RewardHistogram.module.css';

/** Where the threshold stands that is held to compare with. */
export function RivalLines({ bounds, histogram, width }: { bounds: Bounds; histogram: Axis; width: number }) {
  return (['min', 'max'] as const).map((side) =>
    bounds[side] === null ? null : (
      <span key={side} className={css.rival} style={{ left: handlePosition(bounds[side], side, histogram) * width }} aria-hidden>
        held
      </span>
    ),
  );
}
