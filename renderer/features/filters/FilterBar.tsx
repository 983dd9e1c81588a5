import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFilter,
  IconFilterCog,
  IconFilterMinus,
  IconFilterX,
  IconPackageExport,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef, memo } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { useSteadyView, useView } from '../../state/use-view.tsx';
import { withKey } from '../../ui/key-press.ts';
import { AddCondition, type LineStart } from './AddCondition.tsx';
import { Chip, DraftChip } from './Chip.tsx';
import { Counts } from './Counts.tsx';
import { useCutEdges } from './use-cut-edges.ts';
import { ViewsMenu } from './ViewsMenu.tsx';
import { turnedAround } from '../../state/condition-form.ts';
import { sayCondition } from '../../state/words.ts';
import { formatExact } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './FilterBar.module.css';

interface FilterBarProps {
  readonly start?: LineStart | null;
  /** The line gives the keys back; without it, to nobody. */
  readonly onLeave?: (() => void) | undefined;
}

/** The one filter that every pane and every export reads: its conditions as chips, and a line to type more. */
export const FilterBar = memo(function FilterBar({ start = null, onLeave }: FilterBarProps) {
  const { view, dispatch } = useView();
  const { back } = useFocus();
  const bar = useRef<HTMLElement>(null);

  // What was added is seen, where there are more chips than room.
  const chips = useRef<HTMLDivElement>(null);
  const count = view.filter.length;
  useEffect(() => {
    if (chips.current !== null) chips.current.scrollLeft = chips.current.scrollWidth;
  }, [count]);

  const cut = useCutEdges(chips, `${count} ${view.draft === null}`);

  const focusChip = (index: number): void => {
    const chips = bar.current?.querySelectorAll<HTMLElement>('[data-chip]');
    const target = index < 0 ? null : (chips?.item(index) ?? bar.current?.querySelector<HTMLElement>('[data-shortcut=filter]'));
    target?.focus();
  };
  const remove = (index: number): void => {
    dispatch({ type: 'filter.remove', index });
    // What comes after it takes its place, once it is drawn.
    requestAnimationFrame(() => focusChip(index));
  };

  useOffers(() =>
    view.draft === null
      ? []
      : [
          {
            id: 'draft.use',
            title: 'Use the draft as a filter',
            key: 'threshold.use',
            icon: IconFilter,
            run: () => dispatch({ type: 'draft.use' }),
          },
          {
            id: 'draft.export',
            title: 'Use the draft for the export only',
            icon: IconPackageExport,
            run: () => dispatch({ type: 'draft.export' }),
          },
          {
            id: 'draft.drop',
            title: 'Discard the draft',
            key: 'threshold.drop',
            icon: IconX,
            run: () => dispatch({ type: 'draft.set', condition: null }),
          },
        ],
  );
  useOffers(() =>
    view.filter.flatMap((condition, index) => {
      const said = sayCondition(condition, formatExact);
      const turned = turnedAround(condition);
      return [
        {
          id: `condition.remove.${index}`,
          title: `Remove ${said}`,
          words: 'condition filter',
          icon: IconFilterX,
          run: () => remove(index),
        },
        {
          id: `condition.change.${index}`,
          title: `Change ${said}…`,
          words: 'condition filter edit',
          icon: IconFilterCog,
          run: () => bar.current?.querySelectorAll<HTMLElement>('[data-chip]').item(index).click(),
        },
        ...(turned === null
          ? []
          : [
              {
                id: `condition.turn.${index}`,
                title: `Leave out instead: ${said}`,
                words: 'condition filter not invert',
                icon: IconFilterMinus,
                run: () => dispatch({ type: 'filter.replace', index, condition: turned }),
              },
            ]),
      ];
    }),
  );

  return (
    <section ref={bar} className={css.bar} aria-label="Filter">
      <IconFilter size={16} className={css.icon} aria-hidden />
      {(view.filter.length > 0 || view.draft !== null) && (
        <div ref={chips} className={css.chips} data-cut-left={cut.left || undefined} data-cut-right={cut.right || undefined}>
          {view.filter.map((condition, index) => (
            <Chip
              key={condition}
              condition={condition}
              back={back?.[index]}
              onChange={(next) => dispatch({ type: 'filter.replace', index, condition: next })}
              onRemove={() => remove(index)}
              onStep={(by) => focusChip(index + by)}
            />
          ))}
          {view.draft !== null && <DraftChip condition={view.draft} onDiscard={() => dispatch({ type: 'draft.set', condition: null })} />}
        </div>
      )}
      <AddCondition chips={bar} start={start} onLeave={onLeave} />
      <History />
      <ViewsMenu />
      <Counts />
    </section>
  );
});

/** Undo and redo of the filter. Like its neighbours it is not drawn anew while a handle moves. */
const History = memo(function History() {
  const { dispatch, canUndo, canRedo } = useSteadyView();
  return (
    <div className={css.history}>
      <Tooltip label={withKey('Undo', 'undo')}>
        <ActionIcon aria-label="Undo the filter" disabled={!canUndo} onClick={() => dispatch({ type: 'filter.undo' })}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKey('Redo', 'redo')}>
        <ActionIcon aria-label="Redo the filter" disabled={!canRedo} onClick={() => dispatch({ type: 'filter.redo' })}>
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
});
