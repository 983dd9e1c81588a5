import { useCallback, useMemo, useState } from 'react';
import { limits } from '#shared/limits.ts';
import type { Query } from '#shared/model/query.ts';
import { useCall } from '../../data/client.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteady } from '../../ui/use-steady.ts';

/** Rows picked out of the list, to be copied. They stay picked when filter or order change. */
export type MarkedRows = {
  readonly rows: ReadonlySet<number>;
  readonly toggle: (row: number, index: number) => void;
  /** All between the row that was marked last and this position in the order of the query. */
  readonly extend: (index: number) => void;
  /** All that the query keeps. */
  readonly all: (total: number) => void;
  readonly clear: () => void;
};

const none: ReadonlySet<number> = new Set();

/** `rowAt`: the row at a position, where it is loaded; those are marked at once, others when they have been asked for. */
export function useMarked(query: Query, rowAt: (index: number) => number | undefined): MarkedRows {
  const call = useCall();
  const { dataset } = useDataset();
  const [rows, setRows] = useState(none);
  const [anchor, setAnchor] = useState(0);

  const addRange = useCallback(
    async (start: number, end: number): Promise<void> => {
      const last = Math.min(end, start + limits.copiedRows);
      for (let from = start; from < last; from += limits.pageRows) {
        const range = { start: from, end: Math.min(last, from + limits.pageRows) };
        const page = await call('rows.page', { dataset, query, draft: [], range, columns: [] });
        setRows((now) => new Set([...now, ...page.rows].slice(0, limits.copiedRows)));
      }
    },
    [call, dataset, query],
  );
  // A page that cannot be had is said by the table itself.
  const ask = (start: number, end: number): void => void addRange(start, end).catch(() => undefined);
  const add = (start: number, end: number): void => {
    const loaded: number[] = [];
    for (let index = start; index < end; index++) {
      const row = rowAt(index);
      if (row === undefined) return ask(start, end);
      loaded.push(row);
    }
    setRows((now) => new Set([...now, ...loaded].slice(0, limits.copiedRows)));
  };
  const actions = useSteady<Omit<MarkedRows, 'rows'>>({
    toggle(row, index) {
      setAnchor(index);
      setRows((now) => {
        const next = new Set(now);
        if (!next.delete(row) && next.size < limits.copiedRows) next.add(row);
        return next;
      });
    },
    extend: (index) => add(Math.min(anchor, index), Math.max(anchor, index) + 1),
    all: (total) => add(0, total),
    clear: () => setRows(none),
  });
  return useMemo(() => ({ rows, ...actions }), [rows, actions]);
}
