import type { RowsSnapshot } from '../../data/row-pages.ts';

/** Rows come in a few at a time: further away than this nothing is looked for. */
const reach = 200;

/** Where a row stands that stood at `index` before rows came or went, among those that are loaded; null where it is not found. */
export function nearby(rows: Pick<RowsSnapshot, 'at'>, row: number, index: number): number | null {
  for (let distance = 0; distance <= reach; distance++) {
    if (rows.at(index + distance)?.row === row) return index + distance;
    if (distance <= index && rows.at(index - distance)?.row === row) return index - distance;
  }
  return null;
}
