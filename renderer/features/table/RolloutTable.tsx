import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { conditionRange } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import type { PageRow } from '../../data/row-pages.ts';
import { useTellPlace } from '../../data/place-context.tsx';
import { useRows } from '../../data/use-rows.ts';
import { useTableLayout } from '../../data/use-table-layout.ts';
import { useRowHeight } from '../../data/use-settings.tsx';
import { useSelected, useView } from '../../state/use-view.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { useScrollLeft } from '../../ui/use-scroll-left.ts';
import { useStill } from '../../ui/use-still.ts';
import { columnsInView, columnStep, gutter, type PlacedColumn } from './column-sizes.ts';
import { headId } from './HeadCell.tsx';
import { NoRows } from './NoRows.tsx';
import { keepsRow } from './kept.ts';
import { TableHead } from './TableHead.tsx';
import { cellId, TableRow } from './TableRow.tsx';
import { TableTools } from './TableTools.tsx';
import { useAskedColumns } from './use-asked-columns.ts';
import { useColumns } from './use-columns.ts';
import { useCopy } from './use-copy.ts';
import { useCursor } from './use-cursor.ts';
import { useHeldPlace } from './use-held-place.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { type GridPlace, useGridPlace } from './use-grid-place.ts';
import { useMarked } from './use-marked.ts';
import css from './Table.module.css';

/** Columns that pass by more quickly than this are neither asked for nor summed up. */
const restMs = 120;

interface RolloutTableProps {
  /** The list beside an open rollout. */
  readonly compact: boolean;
  /** Says for a moment what came of something that shows nowhere else. */
  readonly say?: ((text: string) => void) | undefined;
}

const silent = (): void => undefined;

/** The rollouts that the filter keeps. */
export function RolloutTable({ compact, say = silent }: RolloutTableProps) {
  const { view, dispatch } = useView();
  const selected = useSelected();
  const { dataset, rowsVersion, isBlank, state } = useDataset();
  const { metric, passMark, range, base } = useFocus();
  const headHeight = compact ? 32 : 64;
  const [total, setTotal] = useState(0);
  const rowHeight = useRowHeight();
  const win = useRowWindow({ count: total, rowHeight, headHeight });
  // Columns that come into view are drawn when nothing else is to be, and asked for when the scrolling rests.
  const scrollLeft = useDeferredValue(useScrollLeft(win.ref, columnStep));
  const still = useStill(scrollLeft, restMs);
  const layout = useTableLayout();
  const columns = useColumns(layout, compact, win.width);
  const inView = useMemo(() => columnsInView(columns.placed, scrollLeft, win.width), [columns.placed, scrollLeft, win.width]);

  const drafted = view.draft === null ? null : conditionRange(view.draft);
  const [rested, setRested] = useState(inView);
  if (still && rested !== inView) setRested(inView);
  const asked = useAskedColumns(rested, drafted?.column);
  const query = useMemo(() => ({ filter: [...base], sort: view.sort }), [base, view.sort]);
  // A range is tried on the cells at hand, in the frame in which the handle moves; anything else is asked for.
  const draft = view.draft === null || drafted !== null ? [] : [view.draft];
  const rows = useRows(isBlank ? null : { dataset, query, draft, columns: asked }, rowsVersion);
  if (rows.total !== undefined && rows.total !== total) setTotal(rows.total);

  const cursor = useCursor(rows, query, win.reveal);
  const place = useGridPlace(columns.placed);
  const marked = useMarked(query, (index) => rows.at(index)?.row);
  const copy = useCopy({ columns, place, marked, say });
  useTellPlace(cursor.index, total, marked.rows.size);
  const { show } = rows;
  useEffect(() => show({ start: win.start, end: Math.max(win.end, win.start + 1) }), [show, win.start, win.end]);
  useTopOnNewQuery(query, cursor.index, win.toTop);
  useHeldPlace(rows, win, state.phase !== 'reading');

  const [menuOf, setMenuOf] = useState<string | null>(null);
  const { ref } = win;
  const openMenu = useCallback(
    (name: string | null) => {
      setMenuOf(name);
      if (name === null) ref.current?.focus({ preventScroll: true });
    },
    [ref],
  );
  const onKey = useGridKeys({
    columns,
    cursor,
    place,
    marked,
    total,
    pageRows: win.pageRows,
    compact,
    revealColumn: (column) => revealColumn(ref.current, column, columns.placed),
    onMenu: openMenu,
    onCopy: copy.usual,
  });

  const width = Math.max(win.width, columns.width);
  const active = place.column?.column.name ?? null;
  const visible = win.drawn.map((index) => ({ index, page: rows.at(index) }));
  // Rows come a hundred at a time: where the first and the last one in view have all cells, so have those between.
  const isLoading = win.start < win.end && [win.start, win.end - 1].some((index) => lacksCells(rows.at(index), inView));

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
        aria-colcount={columns.placed.length}
        aria-multiselectable
        aria-activedescendant={activeId(place, cursor.index)}
        aria-busy={rows.total === undefined}
        data-testid="rollouts"
        data-grid
        data-keys="list"
        onKeyDown={onKey}
      >
        <div role="rowgroup" className={css.head} style={{ width, height: headHeight }}>
          <TableHead
            columns={columns}
            inView={inView}
            still={still}
            compact={compact}
            place={place}
            marked={marked}
            total={total}
            menuOf={menuOf}
            onMenu={openMenu}
          />
        </div>
        <div role="rowgroup" className={css.body} data-loading={isLoading || undefined} style={{ height: win.bodyHeight, width }}>
          <div className={css.rows} style={win.shift}>
            {visible.map(({ index, page }) => (
              <TableRow
                key={win.keyOf(index)}
                index={index}
                top={win.topOf(index)}
                page={page}
                cells={inView}
                active={index === cursor.index && !place.inHead ? active : null}
                marked={compact ? null : page !== undefined && marked.rows.has(page.row)}
                metric={metric?.name ?? null}
                passMark={passMark}
                range={range}
                faded={page !== undefined && view.draft !== null && !keepsRow(page, drafted)}
                selected={page !== undefined && page.row === selected}
                onSelect={(column) => {
                  cursor.moveTo(index);
                  place.toHead(false);
                  place.toColumn(compact ? null : column);
                }}
                onMark={(extend) => {
                  if (page === undefined) return;
                  if (extend) marked.extend(index);
                  else marked.toggle(page.row, index);
                }}
                onRead={() => page !== undefined && dispatch({ type: 'read', row: page.row })}
              />
            ))}
          </div>
        </div>
      </div>
      {!compact && <TableTools columns={columns} query={query} copy={copy} total={total} />}
      {(rows.error !== null || (rows.total === 0 && state.phase !== 'reading')) && (
        <div className={css.over} style={{ top: headHeight }}>
          <NoRows error={rows.error} />
        </div>
      )}
    </div>
  );
}

function lacksCells(page: PageRow | undefined, cells: readonly PlacedColumn[]): boolean {
  return page === undefined || cells.some(({ column }) => page.cell(column.name) === undefined);
}

function activeId({ inHead, column }: GridPlace, index: number | null): string | undefined {
  if (inHead) return column && headId(column.at);
  if (index === null) return undefined;
  return column === undefined ? `row-${index}` : cellId(index, column.at);
}

function revealColumn(element: HTMLElement | null, target: PlacedColumn | undefined, placed: readonly PlacedColumn[]): void {
  if (element === null || target === undefined || target.pin !== undefined) return;
  const pinned = placed.filter(({ pin }) => pin !== undefined).reduce((sum, { width }) => sum + width, gutter);
  const { scrollLeft, clientWidth } = element;
  if (target.left < scrollLeft + pinned) element.scrollLeft = target.left - pinned;
  else if (target.left + target.width > scrollLeft + clientWidth) element.scrollLeft = target.left + target.width - clientWidth;
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
