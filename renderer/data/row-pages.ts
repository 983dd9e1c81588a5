import type { Cell } from '#shared/model/cell.ts';
import type { Query } from '#shared/model/query.ts';
import type { Call, PageOutput } from './client.tsx';
import { Pages, type PagesSnapshot } from './pages.ts';

export interface RowsRequest {
  readonly dataset: string;
  readonly query: Query;
  /** Conditions that fade rows instead of taking them out. */
  readonly draft: readonly string[];
  readonly columns: readonly string[];
}

/** A value of the page, or that the row lacks the field. A row that is not loaded yet is no PageRow at all. */
export type CellBox = { readonly value: Cell } | 'absent';

export interface PageRow {
  readonly row: number;
  readonly kept: boolean;
  cell(column: string): CellBox | undefined;
}

export type RowsSnapshot = PagesSnapshot<PageRow>;

/** The rollouts of a query. */
export class RowPages extends Pages<RowsRequest, PageRow> {
  constructor(call: Call) {
    super(async ({ dataset, query, draft, columns }, range, signal) => {
      const page = await call('rows.page', { dataset, query, draft: [...draft], range, columns: [...columns] }, { signal });
      return { total: page.total, rows: readRows(page) };
    });
  }
}

/** A page by rows; made once, so that a row that did not change is the same object. */
function readRows(page: PageOutput<'rows.page'>): readonly PageRow[] {
  const columns = new Map(page.columns.map(({ name, values, absent }) => [name, { values, absent: new Set(absent) }]));
  return page.rows.map((row, offset) => ({
    row,
    kept: page.kept[offset] ?? true,
    cell: (name) => {
      const column = columns.get(name);
      if (column === undefined) return undefined;
      return column.absent.has(offset) ? 'absent' : { value: column.values[offset] ?? null };
    },
  }));
}
