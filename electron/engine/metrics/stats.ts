import type { FileSummary } from '#shared/model/dataset.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Stats } from '#shared/model/stats.ts';
import { CellKind, type Column } from '../index/types.ts';
import { columnInfos, countBits, filterRows, requireColumn, rolloutBits, summarise } from '../query/index.ts';
import { type DatasetIndex, groupCounts, taskFigures } from '../select/index.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/**
 * Counts and figures of the rows that the conditions keep; the shape is that of `rollscope stats --json`. `metrics` are
 * the number and boolean columns but `line`; numbers beyond float64 are in no figure. Groups are by reward. `more`:
 * columns besides, such as what is computed. Fails with
 * bad-input on a wrong condition.
 */
export function computeStats(index: DatasetIndex, files: readonly FileSummary[], conditions: Filter, more: readonly string[] = []): Stats {
  const rows = filterRows(index, conditions);
  const named = more.filter((name) => !index.columns().some((column) => column.name === name)).map((name) => requireColumn(index, name));
  const columns = [...index.columns(), ...named];
  const infos = [...columnInfos(index), ...named.map((column) => column.info())];
  const kindOf = new Map(infos.map(({ name, kind }) => [name, kind]));
  const noteOf = new Map(infos.map(({ name, note }) => [name, note]));
  const isMetric = ({ name }: Column): boolean => name !== 'line' && ['number', 'boolean'].includes(kindOf.get(name) ?? '');
  const rollouts = countBits(rolloutBits(index));
  return {
    files: [...files],
    rows: rollouts,
    invalidLines: index.rowCount - rollouts,
    selectedRows: rows.length,
    columns: columns.map((column) => {
      const note = noteOf.get(column.name);
      const kind = kindOf.get(column.name) ?? 'mixed';
      return { name: column.name, kind, ...countKinds(column, rows), ...(note !== undefined && { note }) };
    }),
    metrics: Object.fromEntries(
      columns.filter(isMetric).map((column) => [column.name, summarise(ascendingNumbers(column, rows), rows.length)]),
    ),
    ...(index.unlistedKeys && { limits: [...index.unlistedKeys.messages] }),
    groups: groupCounts(taskFigures(index.tasks(), rows, index.column('reward')?.numbers())),
  };
}

function countKinds(column: Column, rows: Uint32Array): { present: number; nulls: number; missing: number } {
  const kinds = column.kinds();
  let nulls = 0;
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    const kind = kinds[rows[i]!];
    if (kind === CellKind.null) nulls++;
    else if (kind === CellKind.missing) missing++;
  }
  return { present: rows.length - nulls - missing, nulls, missing };
}

function ascendingNumbers(column: Column, rows: Uint32Array): Float64Array {
  const numbers = column.numbers();
  const found = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const number = numbers[rows[i]!]!;
    if (Number.isFinite(number)) found[count++] = number;
  }
  return found.subarray(0, count).sort();
}
