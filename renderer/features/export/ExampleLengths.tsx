import type { ExampleLengths as Lengths } from '#shared/model/export.ts';
import { barLength } from '../../ui/bars.ts';
import { formatCount, plural } from '../../ui/format.ts';
import css from './ExampleLengths.module.css';

interface ExampleLengthsProps {
  readonly lengths: Lengths;
  /** Where the trainer stops, or the length that is asked for; drawn where it lies among them. */
  readonly limit: number | undefined;
}

const [width, height] = [400, 40];

/** How long the examples are, in tokens, from none to the longest. */
export function ExampleLengths({ lengths: { counts, median, longest }, limit }: ExampleLengthsProps) {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const mark = limit !== undefined && limit > 0 && limit < longest ? (limit / longest) * width : null;
  const about = `median ≈ ${formatCount(Math.round(median))} · longest ≈ ${plural(Math.round(longest), 'token')}`;
  return (
    <section aria-label="Length of an example">
      <h2 className={css.head}>
        Length of an example <span>{about}</span>
      </h2>
      <svg className={css.chart} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={about}>
        {counts.map((count, bin) => {
          const size = count === 0 ? 0 : Math.max(1, barLength(count, most, false) * height);
          // oxlint-disable-next-line react/no-array-index-key -- a bin is its place
          return <rect key={bin} x={bin * step} y={height - size} width={step - 1} height={size} />;
        })}
        {mark !== null && <line x1={mark} x2={mark} y1={0} y2={height} vectorEffect="non-scaling-stroke" />}
      </svg>
      <p className={css.ends}>
        <span>0</span>
        {mark !== null && (
          <span className={css.limit} style={{ left: `clamp(40px, ${(100 * mark) / width}%, 100% - 72px)` }}>
            {formatCount(limit ?? 0)}
          </span>
        )}
        <span>{formatCount(Math.round(longest))}</span>
      </p>
    </section>
  );
}
