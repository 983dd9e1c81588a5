import type { Cell } from '#shared/model/cell.ts';
import type { Stack } from '#shared/model/histogram.ts';
import { limits } from '#shared/limits.ts';
import { columnBins, outside, sortedNumbers } from './bins.ts';
import { type Bitset, hasBit, rowsOfBits } from './bitset.ts';
import { mostFrequent, wholeCell } from './frequent.ts';
import { bytesPerRow, memo } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { columnRanks } from './ranks.ts';
import { requireColumn } from './require-column.ts';
import { rolloutBits } from './rollout-bits.ts';
import type { BinnedColumn } from './row-bins.ts';

// Rows, ranks and bins are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** The rows of a histogram by the values of another column: its most frequent ones over all rollouts, then the rest. */
export function stackOf(index: QueryIndex, binned: BinnedColumn, by: string, kept: Bitset): Stack {
  const { values, partOf } = partsOf(index, by);
  const { rows } = sortedNumbers(index, binned.column);
  const { bins, all } = columnBins(index, binned);
  const counts = Array.from({ length: values.length + 1 }, () => new Uint32Array(all.length));
  for (let i = 0; i < rows.length; i++) {
    const [row, bin] = [rows[i]!, bins[i]!];
    if (bin !== outside && hasBit(kept, row)) counts[partOf[row]!]![bin]!++;
  }
  return {
    by,
    parts: values.map((value, part) => ({ value, counts: [...counts[part]!] })),
    rest: [...(counts[values.length] ?? [])],
  };
}

/** Chosen from all rollouts, so that no filter changes which value has which colour. */
const partsOf = memo(bytesPerRow(1), (index: QueryIndex, name: string): { values: Cell[]; partOf: Uint8Array } => {
  const column = requireColumn(index, name);
  const { ranks, ordered } = columnRanks(index, name);
  const rows = rowsOfBits(rolloutBits(index));
  const counts = new Uint32Array(ordered);
  const firstRow = new Uint32Array(ordered);
  for (let i = 0; i < rows.length; i++) {
    const rank = ranks[rows[i]!]!;
    if (rank >= ordered) continue;
    if (counts[rank]!++ === 0) firstRow[rank] = rows[i]!;
  }
  const top = mostFrequent(counts).subarray(0, limits.stackParts);
  const rest = top.length;
  const partOfRank = new Uint8Array(ordered).fill(rest);
  for (let part = 0; part < top.length; part++) partOfRank[top[part]!] = part;
  const partOf = new Uint8Array(index.rowCount).fill(rest);
  for (let i = 0; i < rows.length; i++) {
    const rank = ranks[rows[i]!]!;
    if (rank < ordered) partOf[rows[i]!] = partOfRank[rank]!;
  }
  return { values: Array.from(top, (rank) => shorten(wholeCell(column, firstRow[rank]!))), partOf };
});

function shorten(value: Cell): Cell {
  return typeof value === 'string' ? value.slice(0, limits.previewChars) : value;
}
