import { memo } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { formatCount, formatTick } from './format.ts';

interface HistogramTableProps {
  readonly name: string;
  readonly histogram: Histogram;
  /** Beside a chart it is only for those who do not see the chart. */
  readonly shown?: boolean;
}

/** A histogram in numbers. */
export const HistogramTable = memo(function HistogramTable({ name, histogram, shown = false }: HistogramTableProps) {
  const { edges, counts, nulls, missing, apart, other, summary } = histogram;
  const binned = counts.reduce((sum, count) => sum + count, 0);
  const outside = summary.count - binned - (apart === undefined ? 0 : apart.zeros + apart.negatives);
  return (
    <table className={shown ? undefined : 'rs-sr'}>
      <caption>Rollouts by {name}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">rollouts</th>
        </tr>
      </thead>
      <tbody>
        {counts.map((count, bin) => (
          <tr key={edges[bin]}>
            <th scope="row">{`${formatTick(edges[bin] ?? 0)} to ${formatTick(edges[bin + 1] ?? 0)}`}</th>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
        {outside > 0 && (
          <tr>
            <th scope="row">beyond the axis</th>
            <td>{formatCount(outside)}</td>
          </tr>
        )}
        {apart !== undefined && (
          <tr>
            <th scope="row">zero or less</th>
            <td>{formatCount(apart.zeros + apart.negatives)}</td>
          </tr>
        )}
        <tr>
          <th scope="row">null</th>
          <td>{formatCount(nulls)}</td>
        </tr>
        <tr>
          <th scope="row">missing</th>
          <td>{formatCount(missing)}</td>
        </tr>
        <tr>
          <th scope="row">no number</th>
          <td>{formatCount(other)}</td>
        </tr>
      </tbody>
    </table>
  );
});
