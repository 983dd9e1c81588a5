import { useMemo, useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import type { LayoutControl } from '../../data/use-table-layout.ts';
import { useView } from '../../state/use-view.tsx';
import { useWindowWidth } from '../../ui/use-window-width.ts';
import { columnSizes, fitSizes, gutter, placeColumns, type PlacedColumn } from './column-sizes.ts';
import { compactColumns, layoutColumns, movedBefore, movedBy, type TableColumn } from './columns.ts';

/** What the user can do with the columns of the table. All of it is remembered for files of this shape. */
export interface ColumnActions {
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
}

export interface Columns {
  /** All of them, shown or not. */
  readonly all: readonly TableColumn[];
  readonly placed: readonly PlacedColumn[];
  /** Where the last column ends, in px. */
  readonly width: number;
  readonly actions: ColumnActions;
}

const widthRange = { min: 28, max: 1200 };

/** The columns as they lie in a table of this width. */
export function useColumns({ layout, change }: LayoutControl, compact: boolean, room: number): Columns {
  const { view, dispatch } = useView();
  const { columns } = useDataset();
  const { metric } = useFocus();
  const windowWidth = useWindowWidth();
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});

  const all = useMemo(
    () => layoutColumns(columns, { metric: metric?.name ?? null, windowWidth, layout, added: view.added }),
    [columns, metric, windowWidth, layout, view.added],
  );
  const { placed, width } = useMemo(() => {
    if (compact) {
      const few = compactColumns(all, metric?.name ?? null);
      return placeColumns(few, fitSizes(columnSizes(few, {}, room), room), room);
    }
    return placeColumns(all, columnSizes(all, { ...layout.widths, ...dragged }, room - gutter), room, gutter);
  }, [all, compact, metric, layout.widths, dragged, room]);

  const actions: ColumnActions = {
    show: (name, shown) => change({ shown: { ...layout.shown, [name]: shown } }),
    pin: (name, pinned) => change({ pinned: { ...layout.pinned, [name]: pinned } }),
    step: (name, by) => change({ order: movedBy(all, name, by) }),
    move(name, before) {
      const moved = all.find((column) => column.name === name);
      const pinned = all.find((column) => column.name === before)?.pinned ?? false;
      const pins = moved === undefined || moved.pinned === pinned ? {} : { pinned: { ...layout.pinned, [name]: pinned } };
      change({ order: movedBefore(all, name, before), ...pins });
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
      change({ added: [...layout.added.filter((other) => other !== name), name], shown: { ...layout.shown, [name]: true } });
    },
    remove(name) {
      dispatch({ type: 'column.remove', column: name });
      change({ added: layout.added.filter((other) => other !== name) });
    },
  };
  return { all, placed, width, actions };
}
