import type { Recent } from '#shared/model/grant.ts';
import { barLength, binTone } from '../../ui/bars.ts';
import css from './RecentTable.module.css';

const width = 112;
const height = 20;

/** The reward histogram of a dataset at the size of a word, coloured around its middle. */
export function RewardShape({ shape }: { shape: Recent['shape'] }) {
  if (shape === undefined || shape.counts.length === 0) return <span className={css.shapeless}>·</span>;
  const { counts, min, max } = shape;
  const longest = Math.max(...counts);
  const step = (max - min) / counts.length;
  const bar = width / counts.length;
  return (
    <svg width={width} height={height} aria-hidden>
      <line className={css.base} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {counts.map((count, bin) => {
        const { side, step: tone } = binTone(min + bin * step, min + (bin + 1) * step, { min: (min + max) / 2, max: null }, { min, max });
        const length = count === 0 ? 0 : Math.max(1, barLength(count, longest, false) * height);
        return (
          <rect
            key={bin}
            className={css.bar}
            data-side={side}
            data-step={tone}
            x={bin * bar}
            width={Math.max(1, bar - 0.5)}
            y={height - length}
            height={length}
          />
        );
      })}
    </svg>
  );
}
