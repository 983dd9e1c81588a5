import { ActionIcon, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { Binning, Density } from '#shared/model/histogram.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { isMetric } from '../../data/focus-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { withDraftRange } from '../../state/draft.ts';
import { useView } from '../../state/use-view.tsx';
import type { Axis, Bounds } from '../../ui/bounds.ts';
import { formatCount, formatTick } from '../../ui/format.ts';
import { zoomEdges } from '../../ui/zoom.ts';
import { BoundInput } from './BoundInputs.tsx';
import { ScatterPlot } from './ScatterPlot.tsx';
import { ScatterTable } from './ScatterTable.tsx';
import { useBounds } from './use-bounds.ts';
import css from './Scatter.module.css';

/** Over the part of the axis that the histogram shows. */
const zoomedBins = 40;
const logEdges = { zeros: 0, negatives: 0 };

/** The metric against another column, in bins: a rectangle drawn over it is a draft of both. */
export function Scatter({ metric, against }: { metric: ColumnInfo; against: string }) {
  const { view, dispatch } = useView();
  const { dataset, columns, version } = useDataset();
  const others = columns.filter((column) => isMetric(column) && column.name !== metric.name).map(({ name }) => name);
  const known = others.includes(against);
  const binning = (isLog: boolean): Binning => ({ kind: isLog ? 'log' : 'auto' });
  const isLog = { x: view.bins === 'log' && view.zoom === null, y: view.againstLog };
  const question = {
    dataset,
    filter: view.filter,
    x: {
      column: metric.name,
      binning: view.zoom === null ? binning(isLog.x) : { kind: 'edges' as const, edges: zoomEdges(view.zoom, zoomedBins) },
    },
    y: { column: against, binning: binning(isLog.y) },
  };
  const { value: density, error } = useRequest('column.density', known ? question : null, { version, pace: 'settle' });
  const x = useBounds();
  const y = useBounds(against);

  const brush = (next: { x: Bounds; y: Bounds }): void => {
    const draft = withDraftRange(withDraftRange(view.draft, metric.name, next.x), against, next.y);
    dispatch({ type: 'draft.set', condition: draft });
  };

  return (
    <section className={css.scatter} aria-label={`${metric.name} against ${against}`}>
      <header className={css.head}>
        <NativeSelect
          className={css.column ?? ''}
          aria-label="Drawn against"
          data={known ? others : [against, ...others]}
          value={against}
          onChange={(event) => dispatch({ type: 'chart', chart: { against: event.currentTarget.value } })}
        />
        <SegmentedControl
          aria-label={`Axis of ${against}`}
          data={[
            { value: 'lin', label: 'Lin' },
            { value: 'log', label: 'Log' },
          ]}
          value={view.againstLog ? 'log' : 'lin'}
          onChange={(value) => dispatch({ type: 'chart', chart: { againstLog: value === 'log' } })}
        />
        <span className={css.push} />
        <ActionIcon aria-label="Close the scatter chart" onClick={() => dispatch({ type: 'chart', chart: { against: null } })}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      {error !== null && <p className={css.note}>{error.message}</p>}
      {!known && <p className={css.note}>No number is in a column {against} here.</p>}
      {known && density !== undefined && (
        <>
          <ScatterPlot
            label={`${metric.name} against ${against}`}
            density={density}
            axes={axesOf(density, isLog)}
            bounds={{ x: x.bounds, y: y.bounds }}
            isDraft={x.isDraft || y.isDraft}
            onBrush={brush}
          />
          <div className={css.bounds}>
            <BoundInput
              side="min"
              label={`${against} at least`}
              bound={y.bounds.min}
              end={density.y[0] ?? 0}
              onChange={(min) => y.setBounds({ ...y.bounds, min })}
            />
            <span>to</span>
            <BoundInput
              side="max"
              label={`${against} at most`}
              bound={y.bounds.max}
              end={density.y.at(-1) ?? 1}
              onChange={(max) => y.setBounds({ ...y.bounds, max })}
            />
            <span className={css.without}>{density.without > 0 && `${formatCount(density.without)} not drawn`}</span>
          </div>
          <ScatterTable x={metric.name} y={against} density={density} format={formatTick} />
        </>
      )}
    </section>
  );
}

export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

function axesOf({ x, y }: Density, isLog: { x: boolean; y: boolean }): Axes {
  return { x: { edges: x, ...(isLog.x && { apart: logEdges }) }, y: { edges: y, ...(isLog.y && { apart: logEdges }) } };
}
