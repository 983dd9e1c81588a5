import { useMemo } from 'react';
import { useCall } from './client.tsx';
import { RowPages, type PageRow, type RowsRequest } from './row-pages.ts';
import { usePages, type Paged } from './use-pages.ts';

/** Rows of a query; `show` says which of them are in view. The request is compared by its JSON; null asks nothing. */
export function useRows(request: RowsRequest | null, version: number): Paged<PageRow> {
  const call = useCall();
  return usePages(
    useMemo(() => new RowPages(call), [call]),
    request,
    version,
  );
}
