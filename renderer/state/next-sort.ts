import type { ViewState } from './view-state.ts';

/** The order after a click on a column: ascending, descending, as before; with `add`, where the others are equal. */
export function nextSort(sort: ViewState['sort'], column: string, add: boolean): ViewState['sort'] {
  const held = sort.find((key) => key.column === column);
  const next = held === undefined ? [{ column, descending: false }] : held.descending ? [] : [{ column, descending: true }];
  if (!add) return next;
  if (held === undefined) return [...sort, ...next].slice(0, 8);
  return sort.flatMap((key) => (key.column === column ? next : [key]));
}
