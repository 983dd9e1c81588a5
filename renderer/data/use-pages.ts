import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Range } from '#shared/model/query.ts';
import type { Pages, PagesSnapshot } from './pages.ts';

export interface Paged<R> extends PagesSnapshot<R> {
  /** Which of them are in view. */
  readonly show: (visible: Range) => void;
}

/** Follows a question window by window. The request is compared by its JSON; null asks nothing. */
export function usePages<Q, R>(pages: Pages<Q, R>, request: Q | null, version: number): Paged<R> {
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
