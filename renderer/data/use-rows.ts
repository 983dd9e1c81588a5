import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Range } from '#shared/model/query.ts';
import { useCall } from './client.tsx';
import { RowPages, type RowsRequest, type RowsSnapshot } from './row-pages.ts';

/** Rows of a query; `show` says which of them are in view. The request is compared by its JSON; null asks nothing. */
export function useRows(request: RowsRequest | null, version: number): RowsSnapshot & { show: (visible: Range) => void } {
  const call = useCall();
  const pages = useMemo(() => new RowPages(call), [call]);
  const key = JSON.stringify(request);
  useEffect(() => {
    if (request !== null) pages.ask(request, version);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `request`, a new object at each render
  }, [pages, key, version]);
  useEffect(() => () => pages.close(), [pages]);
  const snapshot = useSyncExternalStore(pages.subscribe, pages.snapshot);
  const show = useCallback((visible: Range) => pages.show(visible), [pages]);
  return { ...snapshot, show };
}
