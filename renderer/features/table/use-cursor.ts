import { useCallback, useEffect, useState } from 'react';
import type { Query } from '#shared/model/query.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import type { RowsSnapshot } from '../../data/row-pages.ts';
import { useRequest } from '../../data/use-request.ts';
import { nearby } from './nearby.ts';
import { useSelected, useSteadyView } from '../../state/use-view.tsx';

interface Place {
  readonly row: number;
  readonly index: number;
  /** The query in whose order the index counts. */
  readonly query: string;
}

export interface Cursor {
  /** Position of the selected row in the order of the table, null while it is unknown or filtered out. */
  readonly index: number | null;
  /** Selects the row at a position, clamped; one that is not loaded is selected once it is. */
  readonly moveTo: (index: number) => void;
  /** Opens the reader on the selected row, or on the one that is about to be; false where there is none. */
  readonly read: (full: boolean) => boolean;
}

/** A position whose row is not loaded yet, and how it was asked to be read meanwhile. */
interface Wanted {
  readonly index: number;
  readonly full?: boolean | undefined;
}

/** Which row is selected and where it stands, however it came to be: by key, by click, from the reader or from a link. */
export function useCursor(rows: RowsSnapshot, query: Query, reveal: (index: number) => void): Cursor {
  const { view, dispatch } = useSteadyView();
  const { dataset } = useDataset();
  const [place, setPlace] = useState<Place | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const key = JSON.stringify(query);
  const selected = useSelected();
  const { reader } = view;
  const known = place !== null && place.row === selected && place.query === key ? place : null;

  // Rows that came in above it have moved it on.
  if (known !== null && rows.at(known.index) !== undefined && rows.at(known.index)?.row !== known.row) {
    const index = nearby(rows, known.row, known.index);
    if (index !== null) setPlace({ ...known, index });
  }

  const lost = selected !== null && known === null && wanted === null;
  const found = useRequest('rows.find', lost ? { dataset, query, row: selected } : null).value?.position;
  useEffect(() => {
    if (!lost || found === undefined || found === null) return;
    setPlace({ row: selected, index: found, query: key });
    reveal(found);
  }, [lost, found, selected, key, reveal]);

  const moveTo = useCallback(
    (to: number, full?: boolean) => {
      // Before the first rows are there.
      if (rows.total === undefined && to >= 0) {
        setWanted({ index: to, full });
        return;
      }
      const index = Math.min((rows.total ?? 0) - 1, Math.max(0, to));
      if (index < 0) return;
      reveal(index);
      const row = rows.at(index)?.row;
      if (row === undefined) {
        setWanted({ index, full });
        return;
      }
      setWanted(null);
      setPlace({ row, index, query: key });
      dispatch(reader === null && full === undefined ? { type: 'select', row } : { type: 'read', row, full });
    },
    [rows, key, reader, reveal, dispatch],
  );

  useEffect(() => {
    if (wanted === null || rows.total === undefined) return;
    if (wanted.index >= rows.total || rows.at(wanted.index) !== undefined) moveTo(wanted.index, wanted.full);
  }, [wanted, rows, moveTo]);

  const index = wanted?.index ?? known?.index ?? null;
  const read = (full: boolean): boolean => {
    if (index === null || (wanted === null && selected === null)) return false;
    // Keys may come faster than rows: what is wanted is read, not what was selected before it.
    if (wanted !== null) setWanted({ index, full });
    else if (selected !== null) dispatch({ type: 'read', row: selected, full });
    return true;
  };

  return { index, moveTo, read };
}
