import { useCallback, useMemo } from 'react';
import { fromHash, keptHash } from '../state/hash.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { useDataset } from './dataset-context.tsx';
import { shapeOf } from './table-layouts.ts';
import { putView, useSettings, type SavedView } from './use-settings.tsx';

export interface SavedViews {
  /** Made on files of this shape, the newest first. */
  readonly views: readonly SavedView[];
  /** Of the view that is shown, if it has one. */
  readonly current: SavedView | null;
  /** Takes the place of one of the same name. */
  readonly save: (name: string) => void;
  readonly remove: (view: SavedView) => void;
  readonly restore: (view: SavedView) => void;
  readonly recall: (view: SavedView) => void;
}

/** The views that were given a name, for files of this shape: with other columns they would mean nothing. */
export function useSavedViews(): SavedViews {
  const { settings, change } = useSettings();
  const { columns } = useDataset();
  const { view, dispatch } = useSteadyView();
  const shape = useMemo(() => shapeOf(columns), [columns]);
  const views = useMemo(() => settings.views.filter((each) => each.shape === shape), [settings.views, shape]);
  const hash = keptHash(view);
  // Written by an earlier version, a view may be said otherwise.
  const named = useMemo(() => new Map(views.map((each) => [keptHash(fromHash(each.hash)), each])), [views]);

  const put = useCallback((saved: SavedView) => change({ views: putView(settings.views, saved) }), [change, settings.views]);
  const save = useCallback((name: string) => put({ name: name.trim().slice(0, 80), shape, hash }), [put, shape, hash]);
  const remove = useCallback(
    (gone: SavedView) => change({ views: settings.views.filter(({ name, shape: of }) => name !== gone.name || of !== gone.shape) }),
    [change, settings.views],
  );
  const recall = useCallback((saved: SavedView) => dispatch({ type: 'recall', view: fromHash(saved.hash) }), [dispatch]);
  return { views, current: named.get(hash) ?? null, save, remove, restore: put, recall };
}
