import { conditionRange, rangeCondition } from '#shared/model/expression/index.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useGroupHistogram } from '../../data/use-groups.ts';
import { groupFigure } from '../../state/group-conditions.ts';
import { useView } from '../../state/use-view.tsx';
import { barLength, binTone } from '../../ui/bars.ts';
import { positionOf } from '../../ui/bounds.ts';
import { formatCount, formatTick } from '../../ui/format.ts';
import { useRangeBrush } from '../../ui/use-range-brush.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import css from './FigureHistogram.module.css';

/** Of a metric with two values only its greater one passes, and hardly a mean reaches it: they are told apart half way. */
function meanMark(passMark: number, { min, max }: ValueRange): number {
  return passMark >= max ? (min + max) / 2 : passMark;
}

interface FigureHistogramProps {
  readonly figure: 'mean' | 'std';
  readonly width: number;
  readonly height: number;
  readonly logarithmic: boolean;
}

/** How many tasks have which mean, or deviation. Dragging over the bars makes a draft of it. */
export function FigureHistogram({ figure, width, height, logarithmic }: FigureHistogramProps) {
  const { view, dispatch } = useView();
  const { metric, passMark, range } = useFocus();
  const { measure } = useGroupsContext();
  const histogram = useGroupHistogram(measure, figure);
  const brush = useRangeBrush();
  if (histogram === undefined || histogram.count === 0) return null;
  const { edges, counts } = histogram;
  const longest = Math.max(...counts);
  const column = groupFigure(figure, metric?.name ?? 'reward');
  const canFilter = metric !== null;
  const drafted = view.draft === null ? null : conditionRange(view.draft);
  const bounds = drafted?.column === column ? drafted : null;

  const onRange = (min: number | null, max: number | null): void =>
    dispatch({ type: 'draft.set', condition: min === null && max === null ? null : rangeCondition(column, min, max) });
  return (
    <svg
      className={css.chart}
      data-drags={canFilter || undefined}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${figure} of ${formatCount(histogram.count)} tasks, from ${formatTick(edges[0] ?? 0)} to ${formatTick(edges.at(-1) ?? 1)}`}
      {...(canFilter && brush({ axis: histogram, pixels: width, onRange }))}
    >
      <rect className={css.area} width={width} height={height} />
      {counts.map((count, bin) => {
        const low = edges[bin] ?? 0;
        const high = edges[bin + 1] ?? low;
        const left = positionOf(low, histogram) * width;
        const bar = Math.max(1, (positionOf(high, histogram) - positionOf(low, histogram)) * width - 0.5);
        const length = count === 0 ? 0 : Math.max(1, barLength(count, longest, logarithmic) * height);
        const tone = figure === 'mean' ? binTone(low, high, { min: meanMark(passMark, range), max: null }, range) : null;
        const isOut = bounds !== null && !((bounds.min === null || high > bounds.min) && (bounds.max === null || low <= bounds.max));
        return (
          <rect
            key={low}
            className={tone === null ? css.plain : css.toned}
            data-side={tone?.side}
            data-step={tone?.step}
            data-out={isOut || undefined}
            x={left}
            width={bar}
            y={height - length}
            height={length}
          >
            <title>{`${formatTick(low)} to ${formatTick(high)}: ${formatCount(count)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
