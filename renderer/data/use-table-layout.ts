import { useEffect, useMemo, useRef, useState } from 'react';
import { useSteadyView } from '../state/use-view.tsx';
import { useDataset } from './dataset-context.tsx';
import { findLayout, putLayout, shapeOf, usualLayout, type TableLayout } from './table-layouts.ts';
import { useSettings } from './use-settings.tsx';

export interface LayoutControl {
  readonly layout: TableLayout;
  readonly change: (change: Partial<TableLayout>) => void;
  readonly isUsual: boolean;
  readonly reset: () => void;
}

/**
 * The layout of the table for files of this shape. While a file is read its shape grows; what the user changes meanwhile goes with
 * it. Columns that were added come back with their layout, unless a link says which there are.
 */
export function useTableLayout(): LayoutControl {
  const { columns } = useDataset();
  const { view, dispatch } = useSteadyView();
  const { settings, change: changeSettings } = useSettings();
  const shape = useMemo(() => shapeOf(columns), [columns]);
  const shapes = useSeen(shape, columns.length > 0);
  const layout = findLayout(settings.layouts, shapes) ?? usualLayout;

  const restored = useRef<TableLayout | null>(null);
  useEffect(() => {
    if (restored.current !== null || layout === usualLayout) return;
    restored.current = layout;
    if (view.added.length > 0) return;
    for (const column of layout.added) dispatch({ type: 'column.add', column });
  }, [layout, view.added, dispatch]);

  const put = (next: TableLayout): void => {
    restored.current = next;
    changeSettings({ layouts: putLayout(settings.layouts, shape, next) });
  };
  return {
    layout,
    change: (change) => put({ ...layout, ...change }),
    isUsual: JSON.stringify(layout) === JSON.stringify(usualLayout),
    reset: () => put(usualLayout),
  };
}

/** The shapes that there were, the present one first. */
function useSeen(shape: string, isKnown: boolean): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  if (isKnown && seen[0] !== shape) setSeen([shape, ...seen.filter((each) => each !== shape)]);
  return seen;
}
