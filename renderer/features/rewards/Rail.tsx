import { lazy, Suspense, useMemo, useRef, type KeyboardEvent, memo } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useSettings } from '../../data/use-settings.tsx';
import type { RailWidth } from '../../state/view-state.ts';
import { useView } from '../../state/use-view.tsx';
import type { Side } from '../../ui/bounds.ts';
import { splitAt } from '../../state/split.ts';
import { canZoom, zoomAt } from '../../ui/zoom.ts';
import { KeyCap, KeyHint } from '../../ui/Key.tsx';
import { AgentShares } from './AgentShares.tsx';
import { BoundInputs } from './BoundInputs.tsx';
import { Consequences } from './Consequences.tsx';
import { insteadWords } from './instead-words.ts';
import { fateOf } from './Fate.tsx';
import { DraftFoot } from './DraftFoot.tsx';
import { ExportOnly } from './ExportOnly.tsx';
import { Facets } from './Facets.tsx';
import { Percentiles } from './Percentiles.tsx';
import { RailHead } from './RailHead.tsx';
import { RewardHistogram } from './RewardHistogram.tsx';
import { Scatter } from './Scatter.tsx';
import { Spine } from './Spine.tsx';
import { ZoomLine } from './ZoomLine.tsx';
import { useBounds, useRivalBounds } from './use-bounds.ts';
import { isKey } from '../../ui/key-press.ts';
import css from './Rail.module.css';

/** The chart library is large, and only the wide rail draws with it. */
const CumulativeChart = lazy(async () => ({ default: (await import('./CumulativeChart.tsx')).CumulativeChart }));

interface RailProps {
  readonly width: RailWidth;
  readonly onWidth: (width: RailWidth) => void;
  readonly onKeys: () => void;
}

/** The distribution of the metric in view, and what a threshold on it would do. */
export const Rail = memo(function Rail({ width, onWidth, onKeys }: RailProps) {
  if (width === 'spine') return <Spine onOpen={() => onWidth('narrow')} onKeys={onKeys} />;
  return <OpenRail width={width} onWidth={onWidth} />;
});

function OpenRail({ width, onWidth }: Omit<RailProps, 'onKeys'> & { width: 'narrow' | 'wide' }) {
  const { view, dispatch } = useView();
  const { columns } = useDataset();
  const { metric, histogram, range, passMark, tried, after } = useFocus();
  const { settings } = useSettings();
  const { bounds, isDraft, setBounds } = useBounds();
  const rival = useRivalBounds();
  const split = splitAt(view.draft, metric?.name);
  const chart = useRef<HTMLElement>(null);
  const { draft, against, zoom } = view;
  const shown = useMemo(() => (histogram === undefined || zoom === null ? histogram : { ...histogram, isPart: true }), [histogram, zoom]);
  const zoomTo = (position: number, factor: number): void => {
    if (shown === undefined || !(zoom !== null || canZoom(shown))) return;
    // From the part that is wanted: its bins may still be on their way.
    const seen = zoom === null ? shown : { edges: [zoom.min, zoom.max] };
    dispatch({ type: 'chart', chart: { zoom: zoomAt(seen, position, factor, zoom) } });
  };
  const isWide = width === 'wide';
  const type = (side: Side): void => {
    const input = chart.current?.querySelector<HTMLInputElement>(`input[data-bound=${side}]`);
    input?.focus();
    input?.select();
  };

  const key = (event: KeyboardEvent): void => {
    if (!isKey('threshold.use', event) || draft === null || !(event.target instanceof HTMLElement)) return;
    if (event.target.getAttribute('role') !== 'slider' && event.target.tagName !== 'INPUT') return;
    event.preventDefault();
    dispatch({ type: 'draft.use' });
  };

  return (
    <aside className={css.rail} data-width={width} aria-label="Distribution" onKeyDown={key}>
      <div className={css.scroll}>
        <RailHead width={width} onWidth={onWidth} />
        {metric !== null && metric.name !== view.metric && <p className={css.instead}>{insteadWords(view.metric, metric.name, columns)}</p>}
        {metric !== null && histogram !== undefined && shown !== undefined && (
          <section ref={chart} className={css.chart}>
            <RewardHistogram
              name={metric.name}
              histogram={shown}
              range={range}
              bounds={bounds}
              isDraft={isDraft}
              passMark={passMark}
              logarithmic={settings.logCounts}
              height={isWide ? 140 : 116}
              fate={fateOf(after, tried, split !== null)}
              rival={rival}
              withShare={isWide && zoom === null}
              onBounds={setBounds}
              onPassMark={(mark) => dispatch({ type: 'passMark', passMark: mark })}
              onZoom={zoomTo}
              onType={type}
            />
            <ZoomLine />
            <BoundInputs
              name={metric.name}
              histogram={histogram}
              bounds={bounds}
              drops={isDraft && isWide && split === null}
              onBounds={setBounds}
            />
            {isWide && isDraft && (
              <p className={css.hints}>
                <KeyHint ids={['threshold.less', 'threshold.more']}>one bin</KeyHint>
                <KeyHint ids={['threshold.muchLess', 'threshold.muchMore']}>ten</KeyHint>
                <KeyHint ids={['threshold.use']}>use</KeyHint>
              </p>
            )}
            {draft === null && <Percentiles histogram={histogram} />}
          </section>
        )}
        {metric !== null && against !== null && <Scatter metric={metric} against={against} />}
        {isWide &&
          draft === null &&
          against === null &&
          zoom === null &&
          metric !== null &&
          histogram !== undefined &&
          histogram.summary.count > 0 && (
            <section className={css.cumulative}>
              <h2>Share of rollouts below a value</h2>
              <Suspense>
                <CumulativeChart name={metric.name} histogram={histogram} bounds={bounds} passMark={passMark} />
              </Suspense>
            </section>
          )}
        {draft === null ? (
          metric !== null &&
          histogram !== undefined && (
            <p className={css.tip}>
              Drag on the histogram to set a threshold <KeyCap id="threshold" />
            </p>
          )
        ) : (
          <>
            <Consequences wide={isWide} />
            <AgentShares wide={isWide} />
          </>
        )}
        <ExportOnly />
        <Facets />
      </div>
      {draft !== null && <DraftFoot wide={isWide} />}
    </aside>
  );
}
