import type { RowIndex } from '../index/types.ts';
import { type Bitset, bitsWhere } from './bitset.ts';
import { untilGrown } from './memo.ts';

/** The rollouts: all lines but the invalid ones. No query ever answers another row. */
export const rolloutBits = untilGrown((index: RowIndex): Bitset => {
  const valid = index.valid();
  return bitsWhere(index.rowCount, (row) => valid[row] === 1);
});
