import { conditionColumn } from '#shared/model/expression/index.ts';
import type { Density } from '#shared/model/histogram.ts';
import type { Filter } from '#shared/model/query.ts';
import { columnBins, outside } from './bins.ts';
import { countBits } from './bitset.ts';
import { filterBits } from './filter.ts';
import type { QueryIndex } from './query-index.ts';
import { type BinnedColumn, rowBins } from './row-bins.ts';

// Rows and bins are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export interface DensityRequest {
  readonly filter: Filter;
  readonly x: BinnedColumn;
  readonly y: BinnedColumn;
}

/** Bitset words between two yields: 32,768 rows. */
const wordsPerStep = 1024;

/**
 * How many rows fall into each bin of two columns at once, in steps. The conditions on either column alone are left aside, as
 * a histogram does. Fails with bad-input on a wrong condition or column, or edges that do not increase.
 */
export function* columnDensity(index: QueryIndex, { filter, x, y }: DensityRequest): Generator<void, Density> {
  const own = new Set<string | null>([x.column, y.column]);
  const kept = filterBits(
    index,
    filter.filter((condition) => !own.has(conditionColumn(condition))),
  );
  const xEdges = columnBins(index, x).edges;
  const yEdges = columnBins(index, y).edges;
  const [xOf, yOf] = [rowBins(index, x), rowBins(index, y)];
  const width = xEdges.length - 1;
  const counts = new Uint32Array(width * (yEdges.length - 1));
  let inside = 0;
  for (let word = 0; word < kept.length; word++) {
    if (word % wordsPerStep === 0) yield;
    for (let rest = kept[word]!; rest !== 0; rest &= rest - 1) {
      const row = (word << 5) | (31 - Math.clz32(rest & -rest));
      const [column, line] = [xOf[row]!, yOf[row]!];
      if (column === outside || line === outside) continue;
      counts[line * width + column]!++;
      inside++;
    }
  }
  return { x: [...xEdges], y: [...yEdges], counts: [...counts], without: countBits(kept) - inside };
}
