import type { Range } from '#shared/model/query.ts';
import type { UnlistedKeys } from '../index/types.ts';
import { columnName } from '../index/column-names.ts';
import { addBit, noBits } from '../query/index.ts';
import { rowFields } from '../scan/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import type { ColumnRule, Findings } from './rule.ts';

/** Cells passed between two yields. */
const cellsPerStep = 10_000;

/** What the index has no room for. */
export const keyRules: readonly ColumnRule[] = [
  {
    id: 'row/keys-without-column',
    severity: 'warning',
    title: 'Keys without a column',
    meaning:
      'The files have more distinct keys, longer ones or more types of items than there is room for. What may lack values is not listed as a column, so no figure is of a part.',
    remedy:
      'Name a key as field.NAME in a condition or a column: it is read from the lines. Keys that are data, such as ids, belong into values.',
    search: searchUnlistedKeys,
  },
];

function* searchUnlistedKeys(index: DatasetIndex): Generator<void, Findings> {
  const rows = noBits(index.rowCount);
  const { unlistedKeys } = index;
  yield;
  if (unlistedKeys) {
    const valid = index.valid();
    for (const row of rowsIn(unlistedKeys.withKeys)) {
      if (valid[row] === 1 && firstLacking(index.readLine(row), unlistedKeys) !== undefined) addBit(rows, row);
      yield;
    }
    let passed = 0;
    for (const cells of unlistedKeys.hiddenCells) {
      for (const row of cells.rows()) {
        addBit(rows, row);
        if (++passed % cellsPerStep === 0) yield;
      }
      yield;
    }
    const others = index.column('items.other')?.numbers();
    for (const row of rowsIn(unlistedKeys.withTypes)) if ((others?.[row] ?? 0) > 0) addBit(rows, row);
  }
  const name = (row: number): string => (unlistedKeys && firstLacking(index.readLine(row), unlistedKeys)) ?? 'items.other';
  return {
    rows,
    at: name,
    message: (row) => `${name(row)} ${name(row) === 'items.other' ? 'counts rare types of items' : 'is in no column'}`,
  };
}

function* rowsIn(ranges: readonly Range[]): Generator<number, void> {
  for (const { start, end } of ranges) for (let row = start; row < end; row++) yield row;
}

/** The name of the first key of a rollout that is in no column. */
function firstLacking(line: Uint8Array, { lacks }: UnlistedKeys): string | undefined {
  for (const source of rowFields(line)) if (lacks(source)) return columnName(source).slice(0, 80);
  return undefined;
}
