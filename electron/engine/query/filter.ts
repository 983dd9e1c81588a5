import { checkExpression, parseExpression, type Test, testsOf } from '#shared/model/expression/index.ts';
import type { ConditionCounts, Filter } from '#shared/model/query.ts';
import { andBits, type Bitset, countBits, rowsOfBits } from './bitset.ts';
import { knownTo } from './column-infos.ts';
import { evaluate } from './evaluate.ts';
import { bytesPerRow, memo, memoInSteps } from './memo.ts';
import type { QueryIndex } from './query-index.ts';
import { rolloutBits } from './rollout-bits.ts';
import { told } from './shares.ts';

/**
 * The rollouts that one condition keeps. Remembered for each condition: while a brush moves, only its own condition is
 * evaluated anew. Fails with bad-input, `at` counting within the condition.
 */
export const conditionBits = memoInSteps(bytesPerRow(0.125), function* (index: QueryIndex, condition: string, tell): Generator<
  void,
  Bitset
> {
  const expression = parseExpression(condition);
  checkExpression(expression, knownTo(index));
  return andBits(yield* told(evaluate(expression, index), tell), rolloutBits(index));
});

/** Whether a condition that can be asked is answered by texts that lie in the file: that takes long, and `conditionBits.steps` does it in turns. */
export function readsTexts(index: QueryIndex, condition: string): boolean {
  return testsOf(parseExpression(condition)).some((test) => {
    if (!('operand' in test) || test.operand.kind !== 'column' || !looksIntoText(test)) return false;
    return index.column(test.operand.name)?.codes() === null;
  });
}

function looksIntoText(test: Test): boolean {
  switch (test.kind) {
    case 'equal':
    case 'order':
      return test.value.kind === 'string';
    case 'between':
      return test.low.kind === 'string';
    case 'in':
      return test.values.some(({ kind }) => kind === 'string');
    case 'match':
      return true;
    case 'is-true':
    case 'missing':
    case 'null':
      return false;
  }
}

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

/** What each condition does: filterCounts, and the rows that only it leaves out. */
export function conditionCounts(index: QueryIndex, conditions: Filter): ConditionCounts {
  const all = rolloutBits(index);
  const each = conditions.map((condition) => conditionBits(index, condition));
  /** Rows that the conditions from number i on keep. */
  const after: Bitset[] = [all];
  for (const bits of [...each].reverse()) after.unshift(andBits(bits, after[0] ?? all));
  const kept = countBits(after[0] ?? all);
  let before = all;
  const counted = conditions.map((condition, i) => {
    const back = countBits(andBits(before, after[i + 1] ?? all)) - kept;
    const reached = countBits(before);
    before = andBits(before, each[i] ?? all);
    return { condition, leftOut: reached - countBits(before), back };
  });
  return { rows: countBits(all), kept, conditions: counted };
}
