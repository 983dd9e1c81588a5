import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, type KeyboardEvent } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { useSettings } from '../../data/use-settings.tsx';
import type { RailWidth } from '../../state/view-state.ts';
import { useView } from '../../state/use-view.tsx';
import { Key } from '../../ui/Key.tsx';
import { AgentShares } from './AgentShares.tsx';
import { BoundInputs } from './BoundInputs.tsx';
import { Consequences } from './Consequences.tsx';
import { Facets } from './Facets.tsx';
import { Percentiles } from './Percentiles.tsx';
import { RailHead } from './RailHead.tsx';
import { RewardHistogram } from './RewardHistogram.tsx';
import { Spine } from './Spine.tsx';
import { useBounds } from './use-bounds.ts';
import css from './Rail.module.css';

/** The chart library is large, and only the wide rail draws with it. */
const CumulativeChart = lazy(async () => ({ default: (await import('./CumulativeChart.tsx')).CumulativeChart }));

interface RailProps {
  readonly width: RailWidth;
  readonly onWidth: (width: RailWidth) => void;
  readonly onKeys: () => void;
}

/** The distribution of the metric in view, and what a threshold on it would do. */
export function Rail({ width, onWidth, onKeys }: RailProps) {
  if (width === 'spine') return <Spine onOpen={() => onWidth('narrow')} onKeys={onKeys} />;
  return <OpenRail width={width} onWidth={onWidth} />;
}

function OpenRail({ width, onWidth }: Omit<RailProps, 'onKeys'> & { width: 'narrow' | 'wide' }) {
  const { view, dispatch } = useView();
  const { metric, histogram, range, passMark, before, after } = useFocus();
  const { settings } = useSettings();
  const { bounds, isDraft, setBounds } = useBounds();
  const { draft } = view;

  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || draft === null || !(event.target instanceof HTMLElement)) return;
    if (event.target.getAttribute('role') !== 'slider' && event.target.tagName !== 'INPUT') return;
    event.preventDefault();
    dispatch({ type: 'draft.use' });
  };

  return (
    <aside className={css.rail} data-width={width} aria-label="Distribution" onKeyDown={key}>
      <div className={css.scroll}>
        <RailHead width={width} onWidth={onWidth} />
        {metric !== null && histogram !== undefined && (
          <section className={css.chart}>
            <RewardHistogram
              name={metric.name}
              histogram={histogram}
              range={range}
              bounds={bounds}
              isDraft={isDraft}
              passMark={passMark}
              logarithmic={settings.logCounts}
              height={width === 'wide' ? 140 : 116}
              fate={before && after && { drop: Math.max(0, before.rollouts - after.rollouts), keep: after.rollouts }}
              onBounds={setBounds}
              onPassMark={(mark) => dispatch({ type: 'passMark', passMark: mark })}
            />
            <BoundInputs name={metric.name} histogram={histogram} bounds={bounds} onBounds={setBounds} />
            {draft === null && <Percentiles histogram={histogram} />}
          </section>
        )}
        {width === 'wide' && metric !== null && histogram !== undefined && histogram.summary.count > 0 && (
          <section className={css.cumulative}>
            <h2>Share of rollouts below a value</h2>
            <Suspense>
              <CumulativeChart name={metric.name} histogram={histogram} bounds={bounds} passMark={passMark} />
            </Suspense>
          </section>
        )}
        {draft === null ? (
          metric !== null && (
            <p className={css.tip}>
              Drag on the histogram to set a threshold <Key>T</Key>
            </p>
          )
        ) : (
          <>
            <Consequences wide={width === 'wide'} />
            <AgentShares wide={width === 'wide'} />
          </>
        )}
        <Facets />
      </div>
      {draft !== null && (
        <footer className={css.foot}>
          <Button leftSection={<IconFilter size={14} />} onClick={() => dispatch({ type: 'draft.use' })}>
            Use as filter
          </Button>
          <Button
            variant="subtle"
            rightSection={<Key>Esc</Key>}
            className={css.discard ?? ''}
            onClick={() => dispatch({ type: 'draft.set', condition: null })}
          >
            Discard
          </Button>
        </footer>
      )}
    </aside>
  );
}
