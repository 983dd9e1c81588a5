import type { ConditionRange } from '#shared/model/expression/index.ts';
import type { PageRow } from '../../data/row-pages.ts';

/** Whether a row would stay: by the range, on the cell at hand; without a range, as the engine says. */
export function keepsRow(page: PageRow, range: ConditionRange | null): boolean {
  if (range === null) return page.kept;
  const box = page.cell(range.column);
  // Not loaded yet: nothing is faded that may be kept.
  if (box === undefined) return true;
  if (box === 'absent' || box.value === null) return false;
  const { value } = box;
  const number = typeof value === 'object' && 'exact' in value ? Number(value.exact) : typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number') return false;
  const aboveMin = range.min === null || (range.minOpen ? number > range.min : number >= range.min);
  const belowMax = range.max === null || (range.maxOpen ? number < range.max : number <= range.max);
  return aboveMin && belowMax;
}
