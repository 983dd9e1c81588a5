import { useMemo } from 'react';
import type { Review } from '../features/review/use-review.ts';
import { useFocus } from '../data/focus-context.tsx';
import { signalCondition, toggled } from '../state/group-conditions.ts';
import type { RailWidth } from '../state/view-state.ts';
import { useSteadyView } from '../state/use-view.tsx';
import type { EverywhereId } from '../ui/key-table.ts';

/** What each key of the frame does; null where there is nothing to do it to. */
export type Actions = Readonly<Record<EverywhereId, (() => void) | null>>;

interface ActionOptions {
  readonly rail: RailWidth;
  readonly openPalette: (query?: string) => void;
  readonly toggleHelp: () => void;
  /** Null where the shell has no dialog for it. */
  readonly choose: ((folder: boolean) => void) | null;
  readonly review: Review;
}

const narrower: Readonly<Record<RailWidth, RailWidth>> = { spine: 'spine', narrow: 'spine', wide: 'narrow' };
const wider: Readonly<Record<RailWidth, RailWidth>> = { spine: 'narrow', narrow: 'wide', wide: 'wide' };

/** The frame's actions on the dataset in view, for its keys and for the palette. */
export function useActions({ rail, openPalette, toggleHelp, choose, review }: ActionOptions): Actions {
  const { view, dispatch, canUndo, canRedo } = useSteadyView();
  const { metric } = useFocus();
  const signal = signalCondition(view.groups.tolerance, metric?.name ?? 'reward');

  return useMemo(
    () => ({
      palette: () => openPalette(),
      find: () => openPalette('/'),
      help: toggleHelp,
      'lens.rollouts': () => dispatch({ type: 'lens', lens: 'rollouts' }),
      'lens.groups': () => dispatch({ type: 'lens', lens: 'groups' }),
      'lens.problems': () => dispatch({ type: 'lens', lens: 'problems' }),
      'lens.export': () => dispatch({ type: 'lens', lens: 'export' }),
      threshold: () => {
        if (rail === 'spine') dispatch({ type: 'rail', rail: 'narrow' });
        // Once the rail is there.
        requestAnimationFrame(() => focusOn('[role=slider][data-side=min]'));
      },
      filter: () => focusOn('[data-shortcut=filter]'),
      'rail.narrower': narrower[rail] === rail ? null : () => dispatch({ type: 'rail', rail: narrower[rail] }),
      'rail.wider': wider[rail] === rail ? null : () => dispatch({ type: 'rail', rail: wider[rail] }),
      undo: canUndo ? () => dispatch({ type: 'filter.undo' }) : null,
      redo: canRedo ? () => dispatch({ type: 'filter.redo' }) : null,
      'sort.reward': metric === null ? null : () => dispatch({ type: 'sort.set', sort: [{ column: metric.name, descending: true }] }),
      'filter.signal': () => dispatch({ type: 'filter.set', filter: toggled(view.filter, signal) }),
      'review.star': review.row === null ? null : review.star,
      'review.tags': review.row === null ? null : () => review.open('tags'),
      'review.note': review.row === null ? null : () => review.open('note'),
      'review.next': () => review.next(false),
      'review.nextOfBand': metric === null ? null : () => review.next(true),
      open: choose && (() => choose(false)),
      'open.folder': choose && (() => choose(true)),
      back: () => dispatch({ type: 'back' }),
    }),
    [rail, review, openPalette, toggleHelp, choose, dispatch, canUndo, canRedo, metric, signal, view.filter],
  );
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
