import { useCallback, useEffect, useMemo, useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import type { TableLayout } from '../../data/table-layouts.ts';
import type { LayoutControl } from '../../data/use-table-layout.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { useSteady } from '../../ui/use-steady.ts';
import { useWindowWidth } from '../../ui/use-window-width.ts';
import { columnSizes, fitSizes, gutter, type PlacedColumn } from './column-sizes.ts';
import { compactColumns, layoutColumns, movedBefore, movedBy, type TableColumn } from './columns.ts';
import { usePlacedColumns } from './use-placed-columns.ts';

/** What the user can do with the columns of the table. All of it is remembered for files of this shape. */
export type ColumnActions = {
  readonly show: (name: string, shown: boolean) => void;
  readonly pin: (name: string, pinned: boolean) => void;
  /** A step to the left or right among the shown ones. */
  readonly step: (name: string, by: -1 | 1) => void;
  /** Before another column, null: to the end. Among pinned columns it is pinned, among others it is not. */
  readonly move: (name: string, before: string | null) => void;
  /** In px; null: as usual. `done`: false while the edge is dragged. */
  readonly resize: (name: string, width: number | null, done: boolean) => void;
  readonly add: (name: string) => void;
  readonly remove: (name: string) => void;
};

export interface Columns {
  /** All of them, shown or not. */
  readonly all: readonly TableColumn[];
  readonly placed: readonly PlacedColumn[];
  /** Where the last column ends, in px. */
  readonly width: number;
  readonly actions: ColumnActions;
  /** Back to the usual columns; null where they are. */
  readonly reset: (() => void) | null;
}

const widthRange = { min: 28, max: 1200 };

/** The columns as they lie in a table of this width. */
export function useColumns(control: LayoutControl, compact: boolean, room: number): Columns {
  const { layout } = control;
  const { view, dispatch } = useSteadyView();
  const { columns, state } = useDataset();
  // Which columns there are is not known yet.
  const reading = state.phase === 'reading' || columns.length === 0;
  const { metric } = useFocus();
  const windowWidth = useWindowWidth();
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});

  const laidOut = useCallback(
    (as: TableLayout, chosen: readonly string[] | null, added: readonly string[]) =>
      layoutColumns(columns, { metric: metric?.name ?? null, windowWidth, layout: as, added, chosen }),
    [columns, metric, windowWidth],
  );
  const all = useMemo(() => laidOut(layout, view.columns, view.added), [laidOut, layout, view.columns, view.added]);
  const laid = useMemo(() => {
    if (compact) {
      const few = compactColumns(all, metric?.name ?? null);
      return { columns: few, sizes: fitSizes(columnSizes(few, {}, room), room), room, start: 0 };
    }
    return { columns: all, sizes: columnSizes(all, { ...layout.widths, ...dragged }, room - gutter), room, start: gutter };
  }, [all, compact, metric, layout.widths, dragged, room]);
  const { placed, width } = usePlacedColumns(laid);

  // A layout that the user made is part of the view, and so of its link; the usual one is what everybody has.
  const hasOwn = view.columns === null && !control.isUsual && !reading;
  const shownNow = hasOwn ? shownNames(all) : null;
  const key = JSON.stringify(shownNow);
  useEffect(() => {
    if (shownNow !== null) dispatch({ type: 'columns', columns: shownNow });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `shownNow`
  }, [key, dispatch]);
  const change = (next: Partial<TableLayout>): void => {
    const changed = { ...layout, ...next };
    control.change(next);
    if (reading && view.columns === null) return;
    dispatch({ type: 'columns', columns: shownNames(laidOut(changed, null, [...new Set([...view.added, ...changed.added])])) });
  };

  // What a link shows becomes the layout with the first change of it, which is made to what is seen.
  const seen = view.columns === null ? layout.shown : Object.fromEntries(all.map((column) => [column.name, column.shown]));
  const actions = useSteady<ColumnActions & { reset: () => void }>({
    show: (name, shown) => change({ ...seenOrder(view.columns, all), shown: { ...seen, [name]: shown } }),
    pin: (name, pinned) => change({ pinned: { ...layout.pinned, [name]: pinned } }),
    step: (name, by) => change({ order: movedBy(all, name, by), shown: seen }),
    move(name, before) {
      const moved = all.find((column) => column.name === name);
      const pinned = all.find((column) => column.name === before)?.pinned ?? false;
      const pins = moved === undefined || moved.pinned === pinned ? {} : { pinned: { ...layout.pinned, [name]: pinned } };
      change({ order: movedBefore(all, name, before), shown: seen, ...pins });
    },
    resize(name, width, done) {
      const next = width === null ? null : Math.round(Math.min(widthRange.max, Math.max(widthRange.min, width)));
      if (!done && next !== null) return setDragged({ [name]: next });
      setDragged({});
      const { [name]: _, ...others } = layout.widths;
      change({ widths: next === null ? others : { ...others, [name]: next } });
    },
    add(name) {
      dispatch({ type: 'column.add', column: name });
      change({ added: [...layout.added.filter((other) => other !== name), name], shown: { ...seen, [name]: true } });
    },
    remove(name) {
      dispatch({ type: 'column.remove', column: name });
      change({ added: layout.added.filter((other) => other !== name) });
    },
    reset() {
      control.reset();
      dispatch({ type: 'columns', columns: null });
    },
  });
  const isUsual = control.isUsual && view.columns === null;
  return useMemo(() => ({ all, placed, width, actions, reset: isUsual ? null : actions.reset }), [all, placed, width, actions, isUsual]);
}

function seenOrder(chosen: readonly string[] | null, all: readonly TableColumn[]): { order?: string[] } {
  return chosen === null ? {} : { order: all.map(({ name }) => name) };
}

function shownNames(columns: readonly TableColumn[]): string[] {
  return columns.filter(({ shown }) => shown).map(({ name }) => name);
}
