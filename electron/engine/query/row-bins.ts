import type { Binning } from '#shared/model/histogram.ts';
import { columnBins, outside, sortedNumbers } from './bins.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** A column and how its numbers are put into bins. */
export interface BinnedColumn {
  readonly column: string;
  readonly binning: Binning;
}

/** The bin of each row; `outside` where it has no number, or one that no bin holds. */
export const rowBins = memo(
  bytesPerRow(2),
  (index: QueryIndex, { column, binning }: BinnedColumn): Uint16Array => {
    const { rows } = sortedNumbers(index, column);
    const { bins } = columnBins(index, { column, binning });
    const binOf = new Uint16Array(index.rowCount).fill(outside);
    for (let i = 0; i < rows.length; i++) binOf[rows[i]!] = bins[i]!;
    return binOf;
  },
  JSON.stringify,
);
