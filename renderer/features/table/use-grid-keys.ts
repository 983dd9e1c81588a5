import type { KeyboardEvent } from 'react';
import { useView } from '../../state/use-view.tsx';
import type { Columns } from './use-columns.ts';
import type { Cursor } from './use-cursor.ts';
import type { GridPlace } from './use-grid-place.ts';
import type { MarkedRows } from './use-marked.ts';

export interface GridKeys {
  readonly columns: Columns;
  readonly cursor: Cursor;
  readonly place: GridPlace;
  readonly marked: MarkedRows;
  readonly total: number;
  readonly pageRows: number;
  readonly compact: boolean;
  /** Scrolls sideways as little as it takes. */
  readonly revealColumn: (at: GridPlace['column']) => void;
  readonly onMenu: (column: string) => void;
  readonly onCopy: () => void;
}

/** What the keys do while the grid has them. Answers whether it was one of its keys. */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const inHead = useHeadKeys(grid);
  const inRows = useRowKeys(grid);
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const isMine =
      event.ctrlKey || event.metaKey ? withControl(event, grid) : sideways(event, grid) || (grid.place.inHead ? inHead : inRows)(event);
    if (!isMine) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function withControl(event: KeyboardEvent, { onCopy }: GridKeys): boolean {
  // Text that was selected by hand is copied by the browser.
  if (event.key.toLowerCase() !== 'c' || event.shiftKey || window.getSelection()?.isCollapsed === false) return false;
  onCopy();
  return true;
}

/** Left and right, on heads and rows alike. Beside a reader these keys are its own. */
function sideways(event: KeyboardEvent, { place, compact, revealColumn }: GridKeys): boolean {
  if (compact || event.shiftKey) return false;
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return false;
  revealColumn(place.step(event.key === 'ArrowLeft' ? -1 : 1));
  return true;
}

const widthStep = 16;

function useHeadKeys({ columns, place, onMenu }: GridKeys): (event: KeyboardEvent) => boolean {
  const { dispatch } = useView();
  return ({ key, shiftKey }) => {
    const { column } = place;
    if (key === 'ArrowDown' || key === 'j' || key === 'Escape') place.toHead(false);
    else if (column === undefined) return false;
    else if (key === 'Enter') dispatch({ type: 'sort', column: column.column.name, add: shiftKey });
    else if (key === ' ' || key === 'ContextMenu' || (key === 'F10' && shiftKey)) onMenu(column.column.name);
    else if (shiftKey && key === 'ArrowLeft') columns.actions.step(column.column.name, -1);
    else if (shiftKey && key === 'ArrowRight') columns.actions.step(column.column.name, 1);
    else if (key === '+' || key === '=') columns.actions.resize(column.column.name, column.width + widthStep, true);
    else if (key === '-') columns.actions.resize(column.column.name, column.width - widthStep, true);
    else if (key === 'Delete') {
      const neighbour = columns.placed[column.at + 1] ?? columns.placed[column.at - 1];
      place.toColumn(neighbour?.column.name ?? null);
      columns.actions.show(column.column.name, false);
    } else return false;
    return true;
  };
}

function useRowKeys({ cursor, place, marked, total, pageRows, compact }: GridKeys): (event: KeyboardEvent) => boolean {
  const { view, dispatch } = useView();
  const moves = (at: number): Readonly<Record<string, number>> => ({
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    PageDown: Math.max(0, at) + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: total - 1,
  });
  return ({ key, shiftKey }) => {
    const { index } = cursor;
    const to = moves(index ?? -1)[key];
    if (key === 'ArrowUp' && !compact && (index ?? 0) === 0 && !shiftKey) place.toHead(true);
    else if (to !== undefined) {
      const next = Math.min(total - 1, Math.max(0, to));
      if (shiftKey && !compact && view.selected !== null && index !== null) {
        if (marked.rows.size === 0) marked.toggle(view.selected, index);
        marked.extend(next);
      }
      cursor.moveTo(next);
    } else if (key === 'Enter' && view.selected !== null) dispatch({ type: 'read', row: view.selected, full: shiftKey });
    else if (key === 'x' && index !== null && view.selected !== null && !compact) marked.toggle(view.selected, index);
    else if (key === 'X' && index !== null && !compact) marked.extend(index);
    else if (key === 'Escape' && place.column !== undefined) place.toColumn(null);
    else if (key === 'Escape' && marked.rows.size > 0) marked.clear();
    else return false;
    return true;
  };
}
