import type { Histogram } from '#shared/model/histogram.ts';
import { formatValue } from '../../ui/format.ts';
import css from './Rail.module.css';

/** Mean and percentiles of what the filter keeps. */
export function Percentiles({ histogram: { summary, quantiles } }: { histogram: Histogram }) {
  if (summary.mean === undefined || quantiles === undefined) return null;
  const figures = { mean: summary.mean, ...quantiles };
  const isWhole = countsThings(summary, Object.values(quantiles));
  return (
    <dl className={css.percentiles}>
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={String(value)}>{isWhole && Number.isInteger(value) ? formatValue(value) : short(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A number of tokens or turns is whole; a quantile may lie between two of them, and a reward of 1 is `1.00` beside 0.35. */
function countsThings({ min, max }: Histogram['summary'], quantiles: readonly number[]): boolean {
  if (min === undefined || max === undefined || !Number.isInteger(min) || !Number.isInteger(max) || max - min <= 1) return false;
  return quantiles.filter(Number.isInteger).length * 2 > quantiles.length;
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
