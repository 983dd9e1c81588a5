import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartScatter } from '@tabler/icons-react';
import { isMetric, useFocus } from '../../data/focus-context.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';

const usual = ['tokens', 'turns', 'tools'];

/** Draws the metric against its most telling companion, or no longer. */
export function ScatterToggle() {
  const { view, dispatch } = useSteadyView();
  const { columns } = useDataset();
  const { metric } = useFocus();
  const others = columns.filter((column) => isMetric(column) && column.name !== metric?.name).map(({ name }) => name);
  const first = usual.find((name) => others.includes(name)) ?? others[0];
  if (first === undefined) return null;
  const isOn = view.against !== null;
  return (
    <Tooltip label={isOn ? 'Close the scatter chart' : `Draw against ${first}`}>
      <ActionIcon
        variant={isOn ? 'light' : 'subtle'}
        aria-label="Scatter chart"
        aria-pressed={isOn}
        onClick={() => dispatch({ type: 'chart', chart: { against: isOn ? null : first } })}
      >
        <IconChartScatter size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
