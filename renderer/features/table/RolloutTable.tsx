import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { limits } from '#shared/limits.ts';
import { conditionRange } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import type { PageRow } from '../../data/row-pages.ts';
import { useTellPlace } from '../../data/place-context.tsx';
import { useRows } from '../../data/use-rows.ts';
import { useSettings } from '../../data/use-settings.tsx';
import { useView } from '../../state/use-view.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { columnSizes, compactColumns, fitSizes, layoutColumns, pinnedCount, usual, type TableColumn } from './columns.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { HeadCell } from './HeadCell.tsx';
import { NoRows } from './NoRows.tsx';
import { keepsRow } from './kept.ts';
import { TableRow, type TableCell } from './TableRow.tsx';
import { useCursor } from './use-cursor.ts';
import { keyIn, type KeyId } from '../../ui/key-table.ts';
import { useWindowWidth } from '../../ui/use-window-width.ts';
import css from './Table.module.css';

const features = tableFeatures({ columnOrderingFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature });
const noData: readonly TableColumn[] = [];
const rowHeight = 28;

/** The rollouts that the filter keeps. `compact`: the list beside an open rollout. */
export function RolloutTable({ compact }: { compact: boolean }) {
  const { view, dispatch } = useView();
  const { dataset, columns, rowsVersion, isBlank, state } = useDataset();
  const { metric, passMark, range, base } = useFocus();
  const { settings, change } = useSettings();
  const windowWidth = useWindowWidth();
  const headHeight = compact ? 32 : 64;

  const layout = useMemo(() => {
    const all = layoutColumns(columns, { metric: metric?.name ?? null, windowWidth, settings });
    return compact ? compactColumns(all, metric?.name ?? null) : all;
  }, [columns, metric, windowWidth, settings, compact]);

  const drafted = view.draft === null ? null : conditionRange(view.draft);
  const shown = layout.filter((column) => column.shown).map(({ name }) => name);
  const asked = [...new Set([...usual, ...(drafted === null ? [] : [drafted.column]), ...shown])];
  const query = useMemo(() => ({ filter: [...base], sort: view.sort }), [base, view.sort]);
  // A range is tried on the cells at hand, in the frame in which the handle moves; anything else is asked for.
  const draft = view.draft === null || drafted !== null ? [] : [view.draft];
  const rows = useRows(isBlank ? null : { dataset, query, draft, columns: asked.slice(0, limits.pageColumns) }, rowsVersion);

  const total = rows.total ?? 0;
  const win = useRowWindow({ count: total, rowHeight, headHeight });
  const cursor = useCursor(rows, query, win.reveal);
  useTellPlace(cursor.index, total);
  const { show } = rows;
  useEffect(() => show({ start: win.start, end: Math.max(win.end, win.start + 1) }), [show, win.start, win.end]);
  useTopOnNewQuery(query, cursor.index, win.toTop);

  const sizes = useMemo(
    () => (compact ? fitSizes(columnSizes(layout, {}, win.width), win.width) : columnSizes(layout, settings.columnWidths, win.width)),
    [layout, settings.columnWidths, win.width, compact],
  );
  const table = useTable({
    features,
    data: noData,
    columns: useMemo(() => layout.map(({ name }) => ({ id: name, minSize: 24, maxSize: 1200 })), [layout]),
    columnResizeMode: 'onChange',
    state: {
      columnOrder: layout.map(({ name }) => name),
      columnVisibility: Object.fromEntries(layout.map(({ name, shown }) => [name, shown])),
      columnSizing: sizes,
    },
    onColumnSizingChange: (update) => {
      const next = typeof update === 'function' ? update(sizes) : update;
      const changed = Object.entries(next).filter(([name, width]) => width !== sizes[name]);
      change({ columnWidths: { ...settings.columnWidths, ...Object.fromEntries(changed) } });
    },
  });
  const byName = useMemo(() => new Map(layout.map((column) => [column.name, column])), [layout]);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const cells: TableCell[] = headers.flatMap((header) => {
    const column = byName.get(header.column.id);
    return column === undefined ? [] : [{ column, left: header.getStart(), width: header.getSize() }];
  });
  const width = Math.max(win.width, table.getTotalSize());
  const pinned = width > win.width ? pinnedCount(cells.map(({ column }) => column.form)) : 0;

  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const key = keyIn('list', event);
    const at = cursor.index ?? -1;
    const steps: Partial<Record<KeyId, number>> = {
      'list.down': at + 1,
      'list.up': Math.max(0, at - 1),
      'list.pageDown': Math.max(0, at) + win.pageRows,
      'list.pageUp': at - win.pageRows,
      'list.first': 0,
      'list.last': total - 1,
    };
    const to = key === null ? undefined : steps[key];
    if (to !== undefined) cursor.moveTo(to);
    else if ((key === 'list.read' || key === 'list.readFull') && view.selected !== null) {
      dispatch({ type: 'read', row: view.selected, full: key === 'list.readFull' });
    } else return;
    event.preventDefault();
  };

  const visible: { index: number; page: PageRow | undefined }[] = [];
  for (let index = win.start; index < win.end; index++) visible.push({ index, page: rows.at(index) });

  return (
    <div className={css.pane}>
      {/* The grid takes the keys; its rows are named to it, not focused, so that scrolling one out of view loses nothing. */}
      <div
        ref={win.ref}
        className={css.grid}
        role="grid"
        tabIndex={0}
        aria-label="Rollouts"
        aria-rowcount={total + 1}
        aria-colcount={cells.length}
        aria-activedescendant={cursor.index === null ? undefined : `row-${cursor.index}`}
        aria-busy={rows.total === undefined}
        data-testid="rollouts"
        data-grid
        data-keys="list"
        onKeyDown={onKey}
      >
        <div role="rowgroup" className={css.head} style={{ width, height: headHeight }}>
          <div role="row" aria-rowindex={1} className={css.headRow}>
            {headers.map((header, at) => {
              const column = byName.get(header.column.id);
              if (column === undefined) return null;
              return (
                <HeadCell
                  key={column.name}
                  column={column}
                  left={header.getStart()}
                  width={header.getSize()}
                  compact={compact}
                  pin={at < pinned ? (at === pinned - 1 ? 'last' : 'one') : undefined}
                  onResize={compact ? undefined : header.getResizeHandler()}
                />
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className={css.body} style={{ height: win.bodyHeight, width }}>
          {visible.map(({ index, page }) => (
            <TableRow
              key={index}
              index={index}
              top={win.topOf(index)}
              page={page}
              cells={cells}
              pinned={pinned}
              metric={metric?.name ?? null}
              passMark={passMark}
              range={range}
              faded={page !== undefined && view.draft !== null && !keepsRow(page, drafted)}
              selected={page !== undefined && page.row === view.selected}
              onSelect={() => cursor.moveTo(index)}
              onRead={() => page !== undefined && dispatch({ type: 'read', row: page.row })}
            />
          ))}
        </div>
      </div>
      {!compact && <ColumnMenu columns={layout} limits={state.limits} />}
      {(rows.error !== null || (rows.total === 0 && state.phase !== 'reading')) && (
        <div className={css.over} style={{ top: headHeight }}>
          <NoRows error={rows.error} />
        </div>
      )}
    </div>
  );
}

/** Another filter or order starts at the top, unless the selected row is in it: then it stays in view. */
function useTopOnNewQuery(query: object, cursor: number | null, toTop: () => void): void {
  const last = useRef(query);
  useEffect(() => {
    if (last.current === query) return;
    last.current = query;
    if (cursor === null) toTop();
  }, [query, cursor, toTop]);
}
