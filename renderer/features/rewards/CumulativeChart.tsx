import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { Histogram } from '#shared/model/histogram.ts';
import { valueTicks } from '../../ui/bars.ts';
import type { Bounds } from '../../ui/bounds.ts';
import { cumulativeOf, type Cumulative, type CumulativePoint } from '../../ui/cumulative.ts';
import { formatPercent, formatTick, formatValue } from '../../ui/format.ts';
import { useSize } from '../../ui/use-size.ts';
import css from './CumulativeChart.module.css';

const height = 128;
const margin = { top: 14, right: 1, bottom: 0, left: 1 };
/** The chart of the rail is read at a glance; its table is short. */
const tableRows = 24;

interface CumulativeChartProps {
  readonly name: string;
  readonly histogram: Histogram;
  readonly bounds: Bounds;
  readonly passMark: number;
}

/** How much of what the filter keeps lies below a value: what a threshold there would cut off. */
export const CumulativeChart = memo(function CumulativeChart({ name, histogram, bounds, passMark }: CumulativeChartProps) {
  const { ref, width } = useSize<HTMLDivElement>({ width: 448, height });
  const cumulative = useMemo(() => cumulativeOf(histogram), [histogram]);
  const first = histogram.edges[0] ?? 0;
  const last = histogram.edges.at(-1) ?? 1;
  const isInside = (value: number | null): value is number => value !== null && value >= first && value <= last;

  return (
    <div ref={ref} className={css.chart}>
      <div role="img" aria-label={`Share of rollouts below a value of ${name}`}>
        <LineChart width={width} height={height} data={[...cumulative.points]} margin={margin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--rs-line)" vertical={false} />
          <XAxis
            dataKey="value"
            type="number"
            domain={[first, last]}
            ticks={valueTicks(first, last, 6)}
            tickFormatter={formatTick}
            interval="preserveStartEnd"
            height={16}
            tickMargin={2}
            tickLine={false}
            axisLine={{ className: css.base ?? '' }}
          />
          <YAxis
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            tickFormatter={share}
            tick={{ dy: -7 }}
            mirror
            width={1}
            tickLine={false}
            axisLine={false}
          />
          {isInside(passMark) && <ReferenceLine className={css.mark} x={passMark} />}
          {isInside(bounds.min) && <ReferenceLine className={css.bound} x={bounds.min} />}
          {isInside(bounds.max) && <ReferenceLine className={css.bound} x={bounds.max} />}
          <Line
            className={css.line}
            dataKey="share"
            type={cumulative.isStepped ? 'stepAfter' : 'linear'}
            stroke="var(--rs-ink-2)"
            dot={false}
            activeDot={{ r: 3, fill: 'var(--rs-ink-2)', stroke: 'none' }}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            content={({ payload }) => <Reading name={name} point={pointIn(payload, cumulative.points)} />}
          />
        </LineChart>
      </div>
      <CumulativeTable name={name} cumulative={cumulative} />
    </div>
  );
});

/** Zero is the base line. */
function share(value: number): string {
  return value === 0 ? '' : percent(value);
}

function percent(share: number): string {
  return formatPercent(share, 1);
}

/** The chart hands back what it was given, untyped. */
function pointIn(payload: readonly { payload?: unknown }[], points: readonly CumulativePoint[]): CumulativePoint | undefined {
  const point: unknown = payload[0]?.payload;
  return points.find((known) => known === point);
}

function Reading({ name, point }: { name: string; point: CumulativePoint | undefined }) {
  if (point === undefined) return null;
  return (
    <p className={css.reading}>
      {name} {point.isIncluded ? '≤' : '<'} {formatValue(point.value)}: <b>{percent(point.share)}</b>
    </p>
  );
}

/** The same in numbers, for those who do not see it. */
function CumulativeTable({ name, cumulative: { points } }: { name: string; cumulative: Cumulative }) {
  const every = Math.max(1, Math.ceil(points.length / tableRows));
  return (
    <table className="rs-sr">
      <caption>Share of rollouts below a value of {name}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">share</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ value, share, isIncluded }, at) =>
          at % every === 0 || at === points.length - 1 ? (
            <tr key={`${value} ${share}`}>
              <th scope="row">{`${isIncluded ? '≤' : '<'} ${formatValue(value)}`}</th>
              <td>{percent(share)}</td>
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  );
}
