import type { KeyboardEvent } from 'react';
import { useSelected, useView } from '../../state/use-view.tsx';
import { isKey, keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';
import { useHeldKey } from '../../ui/use-held-key.ts';
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

/** What the keys of the list and of its heads do while the grid has them. */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const onHeads = useHeadKeys(grid);
  const onRows = useRowKeys(grid);
  const isPicked = useIsPicked(grid);
  const held = useHeldKey();
  return (event) => {
    if (event.target !== event.currentTarget) return;
    const inList = keyIn('list', event);
    const { inHead } = grid.place;
    const inHeads = keyIn('heads', event);
    const isMine =
      held.isEarly(event) ||
      entersHeads(inHeads, grid) ||
      (inHead && onHeads(inHeads)) ||
      sideways(inList, grid) ||
      (!inHead && (onRows(inList) || (isPicked && letGo(event, grid))));
    if (!isMine) return;
    held.took();
    event.preventDefault();
    event.stopPropagation();
  };
}

function entersHeads(key: KeyId | null, { place, cursor, compact }: GridKeys): boolean {
  if (key !== 'heads.enter' || place.inHead || compact || (cursor.index ?? 0) > 0) return false;
  place.toHead(true);
  return true;
}

/** Whether Escape lets go of cells and rows before it takes one step back elsewhere. */
function useIsPicked({ place, marked, compact }: GridKeys): boolean {
  const { view } = useView();
  return view.draft === null && !compact && (place.column !== undefined || marked.rows.size > 0);
}

function letGo(event: KeyboardEvent, { place, marked }: GridKeys): boolean {
  if (!isKey('back', event)) return false;
  if (marked.rows.size > 0) marked.clear();
  else place.toColumn(null);
  return true;
}

/** Beside a reader these keys are its own. */
function sideways(key: KeyId | null, { place, compact, revealColumn }: GridKeys): boolean {
  if (compact || (key !== 'list.left' && key !== 'list.right')) return false;
  revealColumn(place.step(key === 'list.left' ? -1 : 1));
  return true;
}

const widthStep = 16;

/** Each answers whether it was one of its keys. */
type KeyHandler = (key: KeyId | null) => boolean;

function useHeadKeys({ columns: { placed, actions }, place, onMenu }: GridKeys): KeyHandler {
  const { dispatch } = useView();
  return (key) => {
    if (key === 'heads.leave') {
      place.toHead(false);
      return true;
    }
    if (place.column === undefined) return false;
    const { at, width, column } = place.column;
    const { name } = column;
    if (key === 'heads.sort' || key === 'heads.sortThen') dispatch({ type: 'sort', column: name, add: key === 'heads.sortThen' });
    else if (key === 'heads.menu') onMenu(name);
    else if (key === 'heads.left' || key === 'heads.right') actions.step(name, key === 'heads.left' ? -1 : 1);
    else if (key === 'heads.wider' || key === 'heads.narrower') {
      actions.resize(name, width + (key === 'heads.wider' ? widthStep : -widthStep), true);
    } else if (key === 'heads.hide') {
      place.toColumn((placed[at + 1] ?? placed[at - 1])?.column.name ?? null);
      actions.show(name, false);
    } else return false;
    return true;
  };
}

function useRowKeys({ cursor, marked, total, pageRows, compact, onCopy }: GridKeys): KeyHandler {
  const selected = useSelected();
  const { index } = cursor;
  const at = index ?? -1;
  const moves: Partial<Record<KeyId, number>> = {
    'list.down': at + 1,
    'list.up': Math.max(0, at - 1),
    'list.pageDown': Math.max(0, at) + pageRows,
    'list.pageUp': at - pageRows,
    'list.first': 0,
    'list.last': total - 1,
  };
  return (key) => {
    if (key === null) return false;
    const to = moves[key];
    if (to !== undefined) cursor.moveTo(to);
    else if (key === 'list.copy') {
      // Text that was selected by hand is copied by the browser.
      if (window.getSelection()?.isCollapsed === false) return false;
      onCopy();
    } else if (key === 'list.read' || key === 'list.readFull') return cursor.read(key === 'list.readFull');
    else if (selected === null || index === null) return false;
    else if (compact) return false;
    else if (key === 'list.mark') marked.toggle(selected, index);
    else if (key === 'list.markTo') marked.extend(index);
    else if (key === 'list.markDown' || key === 'list.markUp') {
      const next = Math.min(total - 1, Math.max(0, at + (key === 'list.markDown' ? 1 : -1)));
      if (marked.rows.size === 0) marked.toggle(selected, index);
      marked.extend(next);
      cursor.moveTo(next);
    } else return false;
    return true;
  };
}
