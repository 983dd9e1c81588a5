import { memo } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { CountTable, type CountRow } from './CountTable.tsx';
import { formatTick } from './format.ts';

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
  const rows: CountRow[] = [
    ...counts.map((count, bin) => ({ label: `${formatTick(edges[bin] ?? 0)} to ${formatTick(edges[bin + 1] ?? 0)}`, count })),
    ...(outside > 0 ? [{ label: 'beyond the axis', count: outside }] : []),
    ...(apart === undefined ? [] : [{ label: 'zero or less', count: apart.zeros + apart.negatives }]),
    { label: 'null', count: nulls },
    { label: 'missing', count: missing },
    { label: 'no number', count: other },
  ];
  return <CountTable name={name} rows={rows} shown={shown} />;
});
