import { memo } from 'react';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatTick } from '../../ui/format.ts';
import css from './Rail.module.css';

/** Which part of the axis is seen, and the way back to all of it. */
export const ZoomLine = memo(function ZoomLine() {
  const { view, dispatch } = useSteadyView();
  const { zoom } = view;
  if (zoom === null) return null;
  return (
    <p className={css.zoom}>
      {formatTick(zoom.min)} to {formatTick(zoom.max)} of {formatTick(zoom.of[0])} to {formatTick(zoom.of[1])}
      <button type="button" className={css.link} onClick={() => dispatch({ type: 'chart', chart: { zoom: null } })}>
        Whole axis
      </button>
    </p>
  );
});
