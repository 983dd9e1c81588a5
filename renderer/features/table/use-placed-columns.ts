import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { pinColumns, type PlacedColumn } from './column-sizes.ts';
import type { TableColumn } from './columns.ts';

const features = tableFeatures({ columnOrderingFeature, columnPinningFeature, columnSizingFeature, columnVisibilityFeature });
/** Rows are found by arithmetic, a page at a time: the table keeps columns alone. */
const noRows: readonly TableColumn[] = [];

interface Laid {
  readonly columns: readonly TableColumn[];
  /** In px, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Width of the table's pane, and where the first column begins. */
  readonly room: number;
  readonly start: number;
}

/** The shown columns side by side, pinned ones first, and where the last one ends. */
export function usePlacedColumns({ columns, sizes, room, start }: Laid): { placed: readonly PlacedColumn[]; width: number } {
  const definitions = useMemo(() => columns.map(({ name }) => ({ id: name, minSize: 0, maxSize: Number.MAX_SAFE_INTEGER })), [columns]);
  const state = useMemo(
    () => ({
      columnOrder: columns.map(({ name }) => name),
      columnVisibility: Object.fromEntries(columns.map(({ name, shown }) => [name, shown])),
      columnPinning: { start: columns.filter(({ pinned }) => pinned).map(({ name }) => name), end: [] },
      columnSizing: sizes,
    }),
    [columns, sizes],
  );
  const table = useTable({ features, data: noRows, columns: definitions, state });
  return useMemo(() => {
    const byName = new Map(columns.map((column) => [column.name, column]));
    const laid = table.getVisibleLeafColumns().flatMap((leaf) => {
      const column = byName.get(leaf.id);
      return column === undefined ? [] : [{ column, left: start + leaf.getStart(), width: leaf.getSize() }];
    });
    const width = start + table.getTotalSize();
    return { placed: pinColumns(laid, width, room), width };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the table is another at each render; what it answers follows from `state`
  }, [columns, state, room, start]);
}
