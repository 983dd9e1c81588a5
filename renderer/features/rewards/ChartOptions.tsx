import { ActionIcon, NativeSelect, Popover, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChartBar, IconChartDots, IconChartHistogram, IconZoomOut } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { isMetric, useFocus } from '../../data/focus-context.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import type { ChartChange, ViewState } from '../../state/view-state.ts';
import { AxisInputs } from './AxisInputs.tsx';
import { facetColumns } from './Facets.tsx';
import { PassMarkInput } from './PassMarkInput.tsx';
import { useOffers } from '../../ui/offers.tsx';
import css from './ChartOptions.module.css';

const binChoices: readonly ViewState['bins'][] = ['auto', 10, 20, 40, 80, 160, 'log'];

/** Bins, what the bars are divided by, what the metric is drawn against, and the pass mark as a number. */
export function ChartOptions() {
  const { view, dispatch } = useSteadyView();
  const { columns, state } = useDataset();
  const { metric } = useFocus();
  const [opened, setOpened] = useState(false);
  const stacks = useMemo(() => facetColumns(columns, state.files.length), [columns, state.files.length]);
  const others = useMemo(() => columns.filter(isMetric).map(({ name }) => name), [columns]);
  const bins = binChoices.includes(view.bins) ? binChoices : [...binChoices, view.bins];

  const draw = (chart: ChartChange): void => dispatch({ type: 'chart', chart });
  useOffers(() => [
    ...binChoices
      .filter((choice) => choice !== view.bins)
      .map((choice) => ({
        id: `chart.bins.${choice}`,
        title: `Bins of the histogram: ${binsLabel(choice)}`,
        icon: IconChartHistogram,
        run: () => draw({ bins: choice }),
      })),
    ...[null, ...stacks]
      .filter((by) => by !== view.stack)
      .map((by) => ({
        id: `chart.stack.${by ?? ''}`,
        title: by === null ? 'Bars of the histogram show the threshold' : `Divide the bars of the histogram by ${by}`,
        words: 'stack',
        icon: IconChartBar,
        run: () => draw({ stack: by }),
      })),
    ...[null, ...others]
      .filter((name) => name !== view.against && name !== metric?.name)
      .map((name) => ({
        id: `chart.against.${name ?? ''}`,
        title: name === null ? 'Close the scatter chart' : `Draw ${metric?.name ?? 'the metric'} against ${name}`,
        words: 'scatter chart',
        icon: IconChartDots,
        run: () => draw({ against: name }),
        ...(name === null ? {} : { column: name }),
      })),
    ...(view.zoom === null
      ? []
      : [{ id: 'chart.whole', title: 'See the whole axis', words: 'zoom', icon: IconZoomOut, run: () => draw({ zoom: null }) }]),
    { id: 'chart.options', title: 'Chart options…', icon: IconAdjustmentsHorizontal, run: () => setOpened(true) },
  ]);

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={248} trapFocus returnFocus>
      <Tooltip label="Chart">
        <Popover.Target>
          <ActionIcon aria-label="Chart options" onClick={() => setOpened(!opened)}>
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown p={12} aria-label="Chart options">
        <div className={css.options}>
          <NativeSelect
            label="Bins"
            data={bins.map((choice) => ({ value: String(choice), label: binsLabel(choice) }))}
            value={String(view.bins)}
            onChange={(event) => dispatch({ type: 'chart', chart: { bins: readBins(event.currentTarget.value) } })}
          />
          <AxisInputs />
          <NativeSelect
            label="Bars show"
            data={[{ value: '', label: 'the threshold' }, ...named(stacks, view.stack)]}
            value={view.stack ?? ''}
            onChange={(event) => dispatch({ type: 'chart', chart: { stack: event.currentTarget.value || null } })}
          />
          <NativeSelect
            label="Draw against"
            data={[
              { value: '', label: 'nothing' },
              ...named(
                others.filter((name) => name !== metric?.name),
                view.against,
              ),
            ]}
            value={view.against ?? ''}
            onChange={(event) => dispatch({ type: 'chart', chart: { against: event.currentTarget.value || null } })}
          />
          <PassMarkInput />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** With the chosen one, though the dataset may lack it. */
function named(names: readonly string[], chosen: string | null): { value: string; label: string }[] {
  const all = chosen === null || names.includes(chosen) ? names : [...names, chosen];
  return all.map((name) => ({ value: name, label: name }));
}

function binsLabel(bins: ViewState['bins']): string {
  return bins === 'auto' ? 'automatic' : bins === 'log' ? 'growing (logarithmic axis)' : `${bins} of one width`;
}

function readBins(text: string): ViewState['bins'] {
  return text === 'auto' || text === 'log' ? text : Number(text);
}
