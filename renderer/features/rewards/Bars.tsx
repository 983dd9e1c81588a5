import type { Histogram, Stack } from '#shared/model/histogram.ts';
import { barLength, binTone } from '../../ui/bars.ts';
import { positionOf, type Bounds } from '../../ui/bounds.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import css from './RewardHistogram.module.css';

export interface BarsProps {
  readonly histogram: Histogram;
  readonly range: ValueRange;
  readonly bounds: Bounds;
  /** Bars are grey until a draft divides them into what would be kept and what not. */
  readonly isDraft: boolean;
  readonly logarithmic: boolean;
  readonly width: number;
  readonly height: number;
}

/** Height of a bar in px; the longest is that of all rollouts. */
export function barHeight(
  count: number,
  { histogram, logarithmic, height }: Pick<BarsProps, 'histogram' | 'logarithmic' | 'height'>,
): number {
  const longest = Math.max(0, ...histogram.all);
  return count === 0 ? 0 : Math.max(1, barLength(count, longest, logarithmic) * (height - 4));
}

/** One bar a bin, with what the filter removed behind it. */
export function Bars(props: BarsProps) {
  const { histogram, range, bounds, isDraft, width, height } = props;
  const { edges, counts, all, stack } = histogram;
  return counts.map((count, bin) => {
    const low = edges[bin] ?? 0;
    const high = edges[bin + 1] ?? low;
    const left = positionOf(low, histogram) * width;
    const box = { x: left, width: Math.max(1, positionOf(high, histogram) * width - left - 1) };
    const tone = isDraft ? binTone(low, high, bounds, range) : null;
    const ghost = barHeight(all[bin] ?? 0, props);
    const full = barHeight(count, props);
    return (
      <g key={low}>
        <rect className={css.ghost} {...box} y={height - ghost} height={ghost} />
        {stack === undefined ? (
          <rect className={css.bar} data-side={tone?.side} data-step={tone?.step} {...box} y={height - full} height={full} />
        ) : (
          <Parts stack={stack} bin={bin} count={count} box={box} base={height} full={full} isDropped={tone?.side === 'below'} />
        )}
      </g>
    );
  });
}

interface PartsProps {
  readonly stack: Stack;
  readonly bin: number;
  readonly count: number;
  readonly box: { readonly x: number; readonly width: number };
  readonly base: number;
  readonly full: number;
  readonly isDropped: boolean;
}

/** Parts divide the height of their bar by their counts, on a logarithmic axis too: they are shares of it. */
function Parts({ stack, bin, count, box, base, full, isDropped }: PartsProps) {
  let below = 0;
  return [...stack.parts.map((part) => part.counts), stack.rest].map((counts, part) => {
    const own = counts[bin] ?? 0;
    const start = below;
    below += own;
    if (own === 0 || count === 0) return null;
    const height = (full * own) / count;
    return (
      <rect
        key={stack.parts[part] === undefined ? 'rest' : part}
        className={css.part}
        data-part={part < stack.parts.length ? part + 1 : 'rest'}
        data-dropped={isDropped || undefined}
        {...box}
        y={base - (full * start) / count - height}
        height={height}
      />
    );
  });
}
