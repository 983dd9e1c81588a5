import { memo, useMemo } from 'react';
import { conditionRange, rangeCondition } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { choicesOf, toggleChoice } from '../../state/choices.ts';
import { useView } from '../../state/use-view.tsx';
import { barLength, binTone, coarser } from '../../ui/bars.ts';
import { positionOf } from '../../ui/bounds.ts';
import { IconFilter } from '@tabler/icons-react';
import { formatCount, formatPercent, formatTick, plural } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import { useRangeBrush } from '../../ui/use-range-brush.ts';
import type { TableColumn } from './columns.ts';
import { mostValues, useHeadFacet, useHeadHistogram } from './use-head-chart.ts';
import css from './Head.module.css';

const height = 24;
/** A narrower bar, with its gap, would be a comb, in px. */
const leastBar = 3;

/** What a column holds, in 24 px: counts, a histogram one can drag on, or its most frequent values. */
export const HeadSummary = memo(function HeadSummary({ column, width }: { column: TableColumn; width: number }) {
  const { state } = useDataset();
  switch (column.name) {
    case 'line':
      return <span className={css.caption}>{formatCount(state.rows)}</span>;
    case 'task':
      return <span className={css.caption}>{state.tasks === undefined ? '' : formatCount(state.tasks)}</span>;
    case 'rollout':
      return <RangeSummary column={column.name} />;
    case 'problems':
      return <ProblemSummary />;
    case 'star':
      return <StarSummary />;
    default:
      if (column.pending) return null;
      if (column.form === 'text') return <PresentSummary column={column.name} />;
      return column.kind === 'number' ? <HistogramSummary column={column.name} width={width} /> : <ValuesSummary column={column.name} />;
  }
});

function RangeSummary({ column }: { column: string }) {
  const { summary } = useHeadHistogram(column) ?? {};
  if (summary?.min === undefined || summary.max === undefined) return null;
  const [min, max] = [formatTick(summary.min), formatTick(summary.max)];
  return <span className={css.caption}>{min === max ? min : `${min}–${max}`}</span>;
}

/** The share of rollouts in which a rule found something. */
function ProblemSummary() {
  const { counts, edges, summary } = useHeadHistogram('problems') ?? {};
  if (counts === undefined || edges === undefined || summary === undefined || summary.count === 0) return null;
  const without = (edges[0] ?? 1) < 0 || summary.min === 0 ? (counts[0] ?? 0) : 0;
  return <span className={css.caption}>{formatPercent(summary.count - without, summary.count)}</span>;
}

function StarSummary() {
  const starred = useHeadFacet('star')?.values.find(({ value }) => value === true)?.count;
  return starred === undefined ? null : <span className={css.caption}>{formatCount(starred)}</span>;
}

function PresentSummary({ column }: { column: string }) {
  const { columns } = useDataset();
  const info = columns.find(({ name }) => name === column);
  if (info === undefined || info.nulls + info.missing === 0) return null;
  return <span className={css.caption}>{formatPercent(info.present, info.present + info.nulls + info.missing)} have one</span>;
}

/** Dragging over the bars makes a draft on this column. */
function HistogramSummary({ column, width }: { column: string; width: number }) {
  const { view, dispatch } = useView();
  const fine = useHeadHistogram(column);
  const histogram = useMemo(() => (fine === undefined ? undefined : coarser(fine, Math.floor(width / leastBar))), [fine, width]);
  const brush = useRangeBrush();
  if (fine === undefined || histogram === undefined || histogram.edges.length < 2) return null;
  const { edges, counts, all } = histogram;
  const drafted = view.draft === null ? null : conditionRange(view.draft);
  const range = { min: edges[0] ?? 0, max: edges.at(-1) ?? 1 };
  const longest = Math.max(...all);

  const onRange = (min: number | null, max: number | null): void =>
    dispatch({ type: 'draft.set', condition: min === null && max === null ? null : rangeCondition(column, min, max) });

  return (
    <svg
      className={css.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Histogram of ${column}; its menu has it in numbers`}
      {...brush({ axis: fine, pixels: width, onRange })}
    >
      <rect className={css.hitArea} width={width} height={height} />
      {counts.map((count, bin) => {
        const low = edges[bin] ?? 0;
        const high = edges[bin + 1] ?? low;
        const left = positionOf(low, histogram) * width;
        const barWidth = Math.max(1, (positionOf(high, histogram) - positionOf(low, histogram)) * width - 0.5);
        const length = (value: number): number => (value === 0 ? 0 : Math.max(1, barLength(value, longest, true) * height));
        const tone = drafted?.column === column ? binTone(low, high, drafted, range) : null;
        return (
          <g key={low}>
            <rect className={css.ghostBar} x={left} width={barWidth} y={height - length(all[bin] ?? 0)} height={length(all[bin] ?? 0)} />
            <rect
              className={css.sparkBar}
              data-side={tone?.side}
              x={left}
              width={barWidth}
              y={height - length(count)}
              height={length(count)}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** The most frequent values as segments of one bar; a click on one filters. */
function ValuesSummary({ column }: { column: string }) {
  const { view, dispatch } = useView();
  const facet = useHeadFacet(column);
  const toggle = (value: string | number | boolean): void =>
    dispatch({ type: 'filter.set', filter: toggleChoice(view.filter, column, { value }) });
  useOffers(() =>
    (facet?.values ?? []).flatMap(({ value, count }) =>
      value === null || typeof value === 'object'
        ? []
        : [
            {
              id: `column.value.${column} ${typeof value} ${String(value)}`,
              column,
              title: `Tick ${column} ${String(value)}`,
              detail: plural(count, 'rollout'),
              words: 'only filter value',
              icon: IconFilter,
              run: () => toggle(value),
            },
          ],
    ),
  );
  if (facet === undefined || facet.distinct === 0) return null;
  const total = facet.values.reduce((sum, { count }) => sum + count, 0);
  if (facet.distinct > mostValues) return <span className={css.caption}>{formatCount(facet.distinct)} values</span>;
  const { chosen } = choicesOf(view.filter, column);
  return (
    <span className={css.segments}>
      {facet.values.map(({ value, count }, index) => {
        if (value === null || typeof value === 'object') return null;
        const off = chosen.length > 0 && !chosen.some((choice) => typeof choice === 'object' && choice.value === value);
        return (
          <button
            key={`${typeof value} ${String(value)}`}
            type="button"
            tabIndex={-1}
            data-off={off || undefined}
            style={{ flexGrow: count / Math.max(1, total), opacity: Math.max(0.3, 1 - index * 0.11) }}
            title={`${String(value)}: ${formatCount(count)}. Click to filter`}
            onClick={() => toggle(value)}
          />
        );
      })}
    </span>
  );
}
