import type { ColumnSource } from '../scan/fields.ts';
import type { ColumnView } from './column-view.ts';
import type { PartialColumns } from './partial-columns.ts';
import type { Places } from './places.ts';
import type { StoredColumn } from './stored-column.ts';
import type { UnlistedKeys } from './types.ts';

interface Field {
  readonly source: ColumnSource;
  readonly stored: StoredColumn;
  readonly view: ColumnView;
}

/** What is known of keys without a column; undefined where there are none. */
export function unlistedKeys(partial: PartialColumns, fields: Iterable<Field>, places: Places): UnlistedKeys | undefined {
  if (partial.isEmpty) return undefined;
  const hidden = [...fields].filter(({ source, stored }) => stored.hasScalars && partial.lacks(source));
  const rangeOf = (segment: number): { start: number; end: number } => ({
    start: places.firstRow(segment),
    end: places.firstRow(segment + 1),
  });
  return {
    messages: partial.messages(hidden.length),
    lacks: (source) => partial.lacks(source),
    withKeys: partial.ofKeys().map(rangeOf),
    withTypes: partial.ofTypes().map(rangeOf),
    hiddenCells: hidden.map(({ view, stored }) => ({ name: view.name, rows: () => stored.rows(places) })),
  };
}
