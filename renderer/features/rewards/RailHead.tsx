import { ActionIcon, NativeSelect, SegmentedControl, Tooltip } from '@mantine/core';
import { IconChartHistogram, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { isMetric, useFocus } from '../../data/focus-context.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSettings } from '../../data/use-settings.tsx';
import type { RailWidth } from '../../state/view-state.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { withKey } from '../../ui/key-press.ts';
import { ChartOptions } from './ChartOptions.tsx';
import { ScatterToggle } from './ScatterToggle.tsx';
import { StackControl } from './StackControl.tsx';
import { useOffers } from '../../ui/offers.tsx';
import css from './Rail.module.css';

interface RailHeadProps {
  readonly width: RailWidth;
  readonly onWidth: (width: RailWidth) => void;
  /** Without what is about a chart of rollouts. */
  readonly ofTasks?: boolean;
}

/** Which metric, on which axis, and how wide the rail is. */
export const RailHead = memo(function RailHead({ width, onWidth, ofTasks = false }: RailHeadProps) {
  const { dispatch } = useSteadyView();
  const { columns } = useDataset();
  const { metric } = useFocus();
  const { settings, change } = useSettings();
  const groups = useMemo(() => {
    const metrics = columns.filter(isMetric);
    return [
      { group: 'In the file', items: metrics.filter((column) => !column.derived).map(({ name }) => name) },
      { group: 'Derived', items: metrics.filter((column) => column.derived).map(({ name }) => name) },
    ].filter(({ items }) => items.length > 0);
  }, [columns]);

  const other = settings.logCounts ? 'linear' : 'logarithmic';
  useOffers(() => [
    {
      id: 'chart.counts',
      title: `Counts on a ${other} axis`,
      words: 'histogram lin log',
      icon: IconChartHistogram,
      run: () => change({ logCounts: !settings.logCounts }),
    },
  ]);

  return (
    <header className={css.head}>
      <NativeSelect
        className={css.metric ?? ''}
        aria-label="Metric"
        title={metric?.name}
        data={metric === null ? ['no metric'] : groups}
        disabled={metric === null}
        value={metric?.name ?? ''}
        onChange={(event) => dispatch({ type: 'metric', metric: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="Counts"
        disabled={metric === null}
        data={[
          { value: 'lin', label: 'Lin' },
          { value: 'log', label: 'Log' },
        ]}
        value={settings.logCounts ? 'log' : 'lin'}
        onChange={(value) => change({ logCounts: value === 'log' })}
      />
      {width === 'wide' && !ofTasks && metric !== null && <StackControl />}
      <span className={css.tools}>
        {width === 'wide' && !ofTasks && metric !== null && <ScatterToggle />}
        {!ofTasks && (metric === null ? <span className={css.toolRoom} /> : <ChartOptions />)}
        {width === 'narrow' && (
          <Tooltip label={withKey('Wider', 'rail.wider')}>
            <ActionIcon aria-label="Wider rail" onClick={() => onWidth('wide')}>
              <IconLayoutSidebarLeftExpand size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={withKey('Narrower', 'rail.narrower')}>
          <ActionIcon aria-label="Narrower rail" onClick={() => onWidth(width === 'wide' ? 'narrow' : 'spine')}>
            <IconLayoutSidebarLeftCollapse size={16} />
          </ActionIcon>
        </Tooltip>
      </span>
    </header>
  );
});
