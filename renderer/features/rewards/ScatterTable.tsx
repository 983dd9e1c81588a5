import { memo } from 'react';
import type { Density } from '#shared/model/histogram.ts';
import { formatCount } from '../../ui/format.ts';

const shown = 24;

interface ScatterTableProps {
  readonly x: string;
  readonly y: string;
  readonly density: Density;
  readonly format: (value: number) => string;
}

/** The fullest cells in numbers, for those who do not see the chart. */
export const ScatterTable = memo(function ScatterTable({ x, y, density, format }: ScatterTableProps) {
  const columns = density.x.length - 1;
  const span = (edges: readonly number[], bin: number): string => `${format(edges[bin] ?? 0)} to ${format(edges[bin + 1] ?? 0)}`;
  const fullest = density.counts
    .map((count, cell) => ({ count, cell }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.cell - b.cell)
    .slice(0, shown);
  return (
    <table className="rs-sr">
      <caption>
        Rollouts by {x} and {y}, the fullest cells first
      </caption>
      <thead>
        <tr>
          <th scope="col">{x}</th>
          <th scope="col">{y}</th>
          <th scope="col">rollouts</th>
        </tr>
      </thead>
      <tbody>
        {fullest.map(({ count, cell }) => (
          <tr key={cell}>
            <td>{span(density.x, cell % columns)}</td>
            <td>{span(density.y, Math.floor(cell / columns))}</td>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});
