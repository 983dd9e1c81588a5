import { checkExpression, parseExpression } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import type { RowIndex } from '../index/types.ts';
import { andBits, type Bitset, bitsWhere, countBits, rowsOfBits } from './bitset.ts';
import { columnInfos } from './column-infos.ts';
import { evaluate } from './evaluate.ts';
import { bytesPerRow, memo, untilGrown } from './memo.ts';
import type { QueryIndex } from './query-index.ts';

/** The rollouts: all lines but the invalid ones. No query ever answers another row. */
export const rolloutBits = untilGrown((index: RowIndex): Bitset => {
  const valid = index.valid();
  return bitsWhere(index.rowCount, (row) => valid[row] === 1);
});

/**
 * The rollouts that one condition keeps. Remembered for each condition: while a brush moves, only its own condition is
 * evaluated anew. Fails with bad-input, `at` counting within the condition.
 */
export const conditionBits = memo(bytesPerRow(0.125), (index: QueryIndex, condition: string): Bitset => {
  const expression = parseExpression(condition);
  checkExpression(expression, { columns: columnInfos(index), rules: index.rowSets.problemRules() });
  return andBits(evaluate(expression, index), rolloutBits(index));
});

/** The rollouts that meet all conditions. */
export function filterBits(index: QueryIndex, conditions: Filter): Bitset {
  return conditions.map((condition) => conditionBits(index, condition)).reduce(andBits, rolloutBits(index));
}

/** The rows that meet all conditions, ascending. */
export const filterRows = memo(
  8,
  (index: QueryIndex, conditions: Filter): Uint32Array => rowsOfBits(filterBits(index, conditions)),
  JSON.stringify,
);

/** How many rollouts each condition was the first to leave out, in the order given: with those kept they add up to all. */
export function filterCounts(index: QueryIndex, conditions: Filter): { condition: string; count: number }[] {
  let left = rolloutBits(index);
  return conditions.map((condition) => {
    const before = countBits(left);
    left = andBits(left, conditionBits(index, condition));
    return { condition, count: before - countBits(left) };
  });
}
