import type { JsonValue } from '#shared/model/json.ts';
import { JsonNumber } from '#shared/model/json.ts';
import type { Column, RowIndex } from '../index/types.ts';
import { valueOfColumn } from '../prepare/index.ts';
import { parseRollout } from '../rollout/index.ts';

/**
 * What a column holds in a row, whole, where a page of cells has previews: undefined where the row lacks it. Texts and nested
 * values are read from the line; numbers keep every digit. Fails with `changed` when the file did, and with JsonDepthError.
 */
export function wholeValue(index: Pick<RowIndex, 'readLine'>, column: Column, row: number): JsonValue | undefined {
  const cell = column.cell(row);
  if (typeof cell === 'string') return column.text(row) ?? cell;
  if (typeof cell !== 'object' || cell === null) return cell;
  return 'exact' in cell ? new JsonNumber(cell.exact) : valueOfColumn(parseRollout(index.readLine(row)), column.name);
}
