import { SegmentedControl } from '@mantine/core';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { capital } from '../../state/words.ts';

const usual = ['agent', 'status'];

/** What the bars are divided by. Null where nothing but the threshold divides them. */
export function StackControl() {
  const { view, dispatch } = useSteadyView();
  const { columns } = useDataset();
  const present = usual.filter((name) => columns.some((column) => column.name === name && column.present > 0));
  const names = view.stack === null || present.includes(view.stack) ? present : [view.stack, ...present.slice(0, 1)];
  if (names.length === 0) return null;
  return (
    <SegmentedControl
      aria-label="Bars show"
      data={[{ value: '', label: 'Threshold' }, ...names.map((name) => ({ value: name, label: capital(name) }))]}
      value={view.stack ?? ''}
      onChange={(value) => dispatch({ type: 'chart', chart: { stack: value || null } })}
    />
  );
}
