import type { Cell } from '#shared/model/cell.ts';
import { formatValue } from '../../ui/format.ts';

/** A cell as it stands in the file; text without quotes. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'object' && cell !== null) return 'exact' in cell ? cell.exact : cell.json;
  return String(cell);
}

/** A cell as short as a score line has it; the exact value belongs into its title. */
export function cellShort(cell: Cell): string {
  return typeof cell === 'number' ? formatValue(cell) : cellText(cell);
}
