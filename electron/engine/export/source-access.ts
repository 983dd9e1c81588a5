import { JsonNumber, type JsonValue } from '#shared/model/json.ts';
import { CellKind, type Column } from '../index/types.ts';
import { outputFields } from './output-fields.ts';
import type { RolloutAccess } from './rollout.ts';
import type { ExportSource } from './types.ts';

/** Rollouts as the dataset has them. */
export function accessTo(source: ExportSource): RolloutAccess {
  return {
    line: (row) => source.index.readLine(row),
    lineNumber: (row) => source.index.place(row).line,
    cell(row, name) {
      const column = source.column(name);
      return column && cellValue(column, row);
    },
    outputFields: () => outputFields(source),
    planned: (row) => source.planned?.read(row),
  };
}

/** Lists and objects are no cells to export: their path in the row gives them whole. */
function cellValue(column: Column, row: number): JsonValue | undefined {
  switch (column.kinds()[row]) {
    case CellKind.null:
      return null;
    case CellKind.boolean:
      return column.numbers()[row] === 1;
    case CellKind.number:
      return column.numbers()[row];
    case CellKind.exact: {
      const text = column.text(row);
      return text === undefined ? undefined : new JsonNumber(text);
    }
    case CellKind.string:
      return column.text(row) ?? '';
    default:
      return undefined;
  }
}
