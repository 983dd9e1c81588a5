import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useView } from '../../state/use-view.tsx';
import { modKey } from '../../ui/Key.tsx';
import { Chip } from './Chip.tsx';
import { Counts } from './Counts.tsx';
import { ExpressionInput } from './ExpressionInput.tsx';
import css from './FilterBar.module.css';

/** The one filter that every pane and every export reads: its conditions as chips, and a line to type more. */
export function FilterBar() {
  const { view, dispatch, canUndo, canRedo } = useView();
  /** Index of the condition being rewritten in the line. */
  const [editing, setEditing] = useState<number | null>(null);
  const edited = editing === null ? undefined : view.filter[editing];

  return (
    <div className={css.bar} role="toolbar" aria-label="Filter">
      <IconFilter size={16} className={css.icon} aria-hidden />
      <div className={css.chips}>
        {view.filter.map((condition, index) =>
          index === editing ? null : (
            <Chip
              key={condition}
              condition={condition}
              onEdit={() => setEditing(index)}
              onRemove={() => dispatch({ type: 'filter.remove', index })}
            />
          ),
        )}
        {view.draft !== null && <Chip condition={view.draft} draft onRemove={() => dispatch({ type: 'draft.set', condition: null })} />}
        <ExpressionInput
          key={edited ?? ''}
          start={edited ?? ''}
          onAdd={(conditions) => {
            const next = view.filter.flatMap((held, index) => (index === editing ? conditions : [held]));
            dispatch({
              type: 'filter.set',
              filter: edited === undefined ? [...view.filter, ...conditions.filter((one) => !view.filter.includes(one))] : next,
            });
            setEditing(null);
          }}
          onLeave={() => setEditing(null)}
        />
      </div>
      <div className={css.history}>
        <Tooltip label={`Undo  ${modKey}Z`}>
          <ActionIcon aria-label="Undo the filter" disabled={!canUndo} onClick={() => dispatch({ type: 'filter.undo' })}>
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`Redo  ${modKey}⇧Z`}>
          <ActionIcon aria-label="Redo the filter" disabled={!canRedo} onClick={() => dispatch({ type: 'filter.redo' })}>
            <IconArrowForwardUp size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Counts />
    </div>
  );
}
