import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useGroupHistogram } from '../../data/use-groups.ts';
import { useSettings } from '../../data/use-settings.tsx';
import { useView } from '../../state/use-view.tsx';
import { formatScore, formatTick } from '../../ui/format.ts';
import { KeyCap } from '../../ui/Key.tsx';
import { useSize } from '../../ui/use-size.ts';
import { AgentTotals } from './AgentTotals.tsx';
import { DeadGroups } from './DeadGroups.tsx';
import { FigureHistogram } from './FigureHistogram.tsx';
import { Signal } from './Signal.tsx';
import css from './GroupsRail.module.css';

/** How tasks are spread, which of them train a policy, and what other group sizes would do. `head`: choice of the metric. */
export function GroupsRail({ wide, head }: { wide: boolean; head: ReactNode }) {
  const { view, dispatch } = useView();
  const { measure, summary } = useGroupsContext();
  return (
    <aside className={css.rail} data-width={wide ? 'wide' : undefined} aria-label="Groups as a whole">
      <div className={css.scroll}>
        {head}
        {(measure !== null || summary !== undefined) && <MeanChart />}
        {summary !== undefined && measure !== null && (
          <>
            <Signal total={summary.total} />
            <DeadGroups measure={measure} largest={summary.total.largest} />
            <AgentTotals summary={summary} />
          </>
        )}
      </div>
      {view.draft !== null && (
        <footer className={css.foot}>
          <Button leftSection={<IconFilter size={14} />} onClick={() => dispatch({ type: 'draft.use' })}>
            Use as filter
          </Button>
          <Button
            variant="subtle"
            rightSection={<KeyCap id="threshold.drop" />}
            onClick={() => dispatch({ type: 'draft.set', condition: null })}
          >
            Discard
          </Button>
        </footer>
      )}
    </aside>
  );
}

function MeanChart() {
  const { metric } = useFocus();
  const { settings } = useSettings();
  const { measure } = useGroupsContext();
  const histogram = useGroupHistogram(measure, 'mean');
  const { ref, width } = useSize<HTMLDivElement>({ width: 272, height: 116 });
  const { edges = [], mean, p25, p50, p75 } = histogram ?? {};
  const figures = { mean, p25, p50, p75 };
  return (
    <section className={css.chart} aria-label="Means of tasks">
      <h2>{`Mean ${metric?.name ?? ''} of each task`}</h2>
      <div ref={ref} className={css.bars}>
        <FigureHistogram figure="mean" width={width} height={96} logarithmic={settings.logCounts} />
      </div>
      <div className={css.axis} aria-hidden>
        <span>{edges[0] === undefined ? '' : formatTick(edges[0])}</span>
        <span>{edges.length === 0 ? '' : formatTick(edges.at(-1) ?? 0)}</span>
      </div>
      <dl className={css.figures}>
        {Object.entries(figures).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === undefined ? '·' : formatScore(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
