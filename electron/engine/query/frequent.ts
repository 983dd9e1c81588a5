import type { Cell } from '#shared/model/cell.ts';
import { CellKind, type Column } from '../index/types.ts';
import { sortByRank } from './sort-numbers.ts';

// Ranks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** The ranks that occur, by falling count. */
export function mostFrequent(counts: Uint32Array): Uint32Array {
  const found = counts.map((_, rank) => rank).filter((rank) => counts[rank]! > 0);
  const highest = found.reduce((most, rank) => Math.max(most, counts[rank]!), 0);
  return sortByRank(
    found,
    counts.map((count) => highest - count),
    highest + 1,
  );
}

/** A cell whose text is not shortened, so that a condition can be made of it. */
export function wholeCell(column: Column, row: number): Cell {
  const isText = column.kinds()[row] === CellKind.string;
  return (isText ? column.text(row) : column.cell(row)) ?? null;
}
