import { useLayoutEffect, useRef } from 'react';
import type { RowsSnapshot } from '../../data/row-pages.ts';
import type { RowWindow } from '../../ui/use-row-window.ts';
import { nearby } from './nearby.ts';

/** Two rows that stand one after the other at the upper edge. */
interface Anchor {
  /** The question whose rows they are. */
  readonly of: string;
  readonly rows: readonly [number, number];
  readonly index: number;
}

/**
 * What is read stays where it is when rows come in above it, as they do in a sorted list of a file that is followed: the list is scrolled
 * by as much, before it is painted. Two rows must have moved alike: one alone may have changed its own place. `atTop`: also where the
 * list is at its beginning, which is left alone while a file is read for the first time.
 */
export function useHeldPlace(rows: RowsSnapshot, { first, shiftBy }: Pick<RowWindow, 'first' | 'shiftBy'>, atTop: boolean): void {
  const anchor = useRef<Anchor | null>(null);
  useLayoutEffect(() => {
    const held = anchor.current;
    const isHeld = held !== null && held.of === rows.of && (atTop || held.index > 0);
    const moved = isHeld ? movedBy(rows, held) : 0;
    if (held !== null && moved !== 0) {
      anchor.current = { ...held, index: held.index + moved };
      shiftBy(moved);
    } else anchor.current = anchorAt(rows, first);
  }, [rows, first, shiftBy, atTop]);
}

function anchorAt(rows: RowsSnapshot, index: number): Anchor | null {
  const [row, next] = [rows.at(index)?.row, rows.at(index + 1)?.row];
  return rows.of === undefined || row === undefined || next === undefined ? null : { of: rows.of, rows: [row, next], index };
}

function movedBy(rows: RowsSnapshot, { rows: [row, next], index }: Anchor): number {
  if (rows.at(index)?.row === row) return 0;
  const now = nearby(rows, row, index);
  return now !== null && rows.at(now + 1)?.row === next ? now - index : 0;
}
