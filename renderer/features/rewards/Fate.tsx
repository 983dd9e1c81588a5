import type { Histogram } from '#shared/model/histogram.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { handlePosition, type Bounds } from '../../ui/bounds.ts';
import { formatCount } from '../../ui/format.ts';
import css from './RewardHistogram.module.css';

/** What becomes of the rollouts on either side of the threshold, in words. */
export interface Fate {
  readonly drop: string;
  readonly keep: string;
}

/** `tried`: rollouts that the draft divides. Where it splits, both sides are kept, as chosen and as rejected. */
export function fateOf(after: SelectionSummary | undefined, tried: number | undefined, isSplit: boolean): Fate | undefined {
  if (after === undefined || tried === undefined) return undefined;
  const { good, bad } = after.labels;
  return isSplit
    ? { drop: `reject ${formatCount(bad)}`, keep: `choose ${formatCount(good)}` }
    : { drop: `drop ${formatCount(tried - after.rollouts)}`, keep: `keep ${formatCount(after.rollouts)}` };
}

interface FateLabelsProps {
  readonly bounds: Bounds;
  readonly histogram: Histogram;
  readonly width: number;
  readonly fate: Fate;
}

/** How many rollouts fall on either side of the handle that divides them. */
export function FateLabels({ bounds, histogram, width, fate }: FateLabelsProps) {
  const side = bounds.min === null ? 'max' : 'min';
  const at = handlePosition(bounds[side], side, histogram) * width;
  const labels = [
    { kind: 'drop', text: fate.drop },
    { kind: 'keep', text: fate.keep },
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
