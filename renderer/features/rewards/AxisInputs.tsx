import { useFocus } from '../../data/focus-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { canZoom, type Zoom } from '../../ui/zoom.ts';
import { BoundInput } from './BoundInputs.tsx';
import css from './ChartOptions.module.css';

/** The part of the axis as numbers to type: what the wheel does over the chart. */
export function AxisInputs() {
  const { view, dispatch } = useSteadyView();
  const { histogram } = useFocus();
  const { zoom } = view;
  if (histogram === undefined || !(zoom !== null || canZoom(histogram))) return null;
  const of: Zoom['of'] = zoom?.of ?? [histogram.edges[0] ?? 0, histogram.edges.at(-1) ?? 1];
  const see = (min: number, max: number): void => {
    if (!(min < max)) return;
    const isWhole = min <= of[0] && max >= of[1];
    dispatch({ type: 'chart', chart: { zoom: isWhole ? null : { min, max, of } } });
  };
  const [min, max] = [zoom?.min ?? of[0], zoom?.max ?? of[1]];
  return (
    <div>
      <span className={css.optionName}>Axis</span>
      <span className={css.axis}>
        <BoundInput side="min" label="Axis from" bound={zoom?.min ?? null} end={of[0]} onChange={(next) => see(next ?? of[0], max)} />
        to
        <BoundInput side="max" label="Axis to" bound={zoom?.max ?? null} end={of[1]} onChange={(next) => see(min, next ?? of[1])} />
      </span>
    </div>
  );
}
