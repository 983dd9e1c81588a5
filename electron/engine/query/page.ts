import type { Cell, CellColumn } from '#shared/model/cell.ts';
import type { Filter, Query, Range } from '#shared/model/query.ts';
import { hasBit } from './bitset.ts';
import { filterBits } from './filter.ts';
import type { QueryIndex } from './query-index.ts';
import { findColumn } from './require-column.ts';
import { windowOfRows } from './rows.ts';

export interface PageRequest {
  readonly query: Query;
  /** Takes no rows out: `kept` says which would stay. */
  readonly draft: Filter;
  readonly range: Range;
  readonly columns: readonly string[];
}

export interface Page {
  readonly total: number;
  readonly rows: number[];
  readonly columns: CellColumn[];
  readonly kept: boolean[];
}

/**
 * A window on the rows of a query. A column that the dataset does not have (yet) is absent in every row. Fails with
 * bad-input on a wrong condition or sort column.
 */
export function readPage(index: QueryIndex, { query, draft, range, columns }: PageRequest): Page {
  const { total, rows } = windowOfRows(index, query, range);
  const keptBits = draft.length > 0 ? filterBits(index, draft) : null;
  return {
    total,
    rows,
    columns: columns.map((name) => readCells(index, name, rows)),
    kept: rows.map((row) => keptBits === null || hasBit(keptBits, row)),
  };
}

/** Cells of one column in some rows; a column that does not exist is absent in all of them. */
export function readCells(index: QueryIndex, name: string, rows: readonly number[]): CellColumn {
  const column = findColumn(index, name);
  const values: Cell[] = [];
  const absent: number[] = [];
  rows.forEach((row, i) => {
    const cell = column?.cell(row);
    if (cell === undefined) absent.push(i);
    values.push(cell ?? null);
  });
  return { name, values, absent };
}
