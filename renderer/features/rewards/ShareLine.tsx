import { useMemo } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { positionOf } from '../../ui/bounds.ts';
import { cumulativeOf } from '../../ui/cumulative.ts';
import css from './RewardHistogram.module.css';

/** The share of rollouts below each value, over the bars: what a threshold there would cut off. */
export function ShareLine({ histogram, width, height }: { histogram: Histogram; width: number; height: number }) {
  const points = useMemo(() => {
    const { points: shares, isStepped } = cumulativeOf(histogram);
    return shares
      .flatMap(({ value, share }, index) => {
        const x = positionOf(value, histogram) * width;
        const y = height - share * (height - 4);
        const before = shares[index - 1];
        return isStepped && before !== undefined ? [`${x},${height - before.share * (height - 4)}`, `${x},${y}`] : [`${x},${y}`];
      })
      .join(' ');
  }, [histogram, width, height]);
  return <polyline className={css.share} points={points} />;
}
