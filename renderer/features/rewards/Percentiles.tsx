import type { Histogram } from '#shared/model/histogram.ts';
import { formatValue } from '../../ui/format.ts';
import css from './Rail.module.css';

/** Mean and percentiles of what the filter keeps. */
export function Percentiles({ histogram: { summary, quantiles } }: { histogram: Histogram }) {
  if (summary.mean === undefined || quantiles === undefined) return null;
  const figures = { mean: summary.mean, ...quantiles };
  return (
    <dl className={css.percentiles}>
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={String(value)}>{short(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Six figures share 272 px: two decimals where three would not fit. */
function short(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 0.01
    ? formatValue(value)
    : size < 100
      ? value.toFixed(2).replace('-', '\u2212')
      : formatValue(Number(value.toPrecision(4)));
}
