import {
  type Expression,
  type Literal,
  type NumberLiteral,
  operandName,
  type OrderedLiteral,
  type OrderOperator,
  type RowTest,
  type Test,
} from '#shared/model/expression/index.ts';
import { CellKind, type Column } from '../index/types.ts';
import { andBits, type Bitset, bitsOfRows, bitsWhere, notBits, orBits } from './bitset.ts';
import { compareDecimals, isBeyondFloat } from './decimal.ts';
import { patternTest } from './linear-regex.ts';
import type { QueryIndex } from './query-index.ts';
import { sortedNumberRows } from './ranks.ts';
import { operandColumn } from './require-column.ts';
import { comparesText, equalsText, isOneOf, textsWhere } from './text-tests.ts';

// Rows run to rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/** The rows (invalid lines among them) for which a checked expression is true; shared/model/expression/README.md says when. Yields while texts are read: how far that is. */
export function* evaluate(expression: Expression, index: QueryIndex): Generator<number, Bitset> {
  switch (expression.kind) {
    case 'and':
      return (yield* evaluateAll(expression.parts, index)).reduce(andBits);
    case 'or':
      return (yield* evaluateAll(expression.parts, index)).reduce(orBits);
    case 'not':
      return notBits(yield* evaluate(expression.part, index), index.rowCount);
    case 'has-tool':
    case 'problem':
    case 'text':
    case 'star':
    case 'tag':
      return rowSet(expression, index);
    case 'group-by':
      return bitsWhere(index.rowCount, () => true);
    default:
      return sortedRange(expression, index) ?? (yield* evaluateTest(expression, operandColumn(index, expression.operand), index.rowCount));
  }
}

function* evaluateAll(parts: readonly Expression[], index: QueryIndex): Generator<number, Bitset[]> {
  const all: Bitset[] = [];
  for (const part of parts) all.push(yield* evaluate(part, index));
  return all;
}

/** Rows whose output calls a tool: each set of names is looked through once. */
function callsTool(tool: string, index: QueryIndex): Bitset {
  const { values, sets, setOf } = index.names('called');
  const wanted = values.indexOf(tool);
  const holds = Uint8Array.from(sets, (names) => (wanted >= 0 && names.includes(wanted) ? 1 : 0));
  return bitsWhere(index.rowCount, (row) => holds[setOf[row]!] === 1);
}

/**
 * A range of numbers of a column that has been sorted already, for a chart or the table: what a moved brush asks. Undefined
 * where the test is another, or its numbers must be compared by their digits.
 */
function sortedRange(test: Test, index: QueryIndex): Bitset | undefined {
  const [low, high] = bounds(test);
  if (low === undefined && high === undefined) return undefined;
  if ([low, high].some((bound) => bound !== undefined && isBeyondFloat(bound.value))) return undefined;
  const sorted = sortedNumberRows.peek(index, operandName(test.operand));
  if (!sorted) return undefined;
  const column = operandColumn(index, test.operand);
  if (column.kinds().includes(CellKind.exact)) return undefined;
  const numbers = column.numbers();
  const from = low === undefined ? 0 : firstWhere(sorted, (row) => (low.open ? numbers[row]! > low.value : numbers[row]! >= low.value));
  const to =
    high === undefined
      ? sorted.length
      : firstWhere(sorted, (row) => (high.open ? numbers[row]! >= high.value : numbers[row]! > high.value));
  return bitsOfRows(sorted.subarray(from, Math.max(from, to)), index.rowCount);
}

interface Bound {
  readonly value: number;
  readonly open: boolean;
}

function bounds(test: Test): readonly [low: Bound | undefined, high: Bound | undefined] {
  if (test.kind === 'between' && test.low.kind === 'number' && test.high.kind === 'number') {
    return [
      { value: test.low.value, open: false },
      { value: test.high.value, open: false },
    ];
  }
  if (test.kind !== 'order' || test.value.kind !== 'number') return [undefined, undefined];
  const bound = { value: test.value.value, open: test.operator === '<' || test.operator === '>' };
  return test.operator === '>' || test.operator === '>=' ? [bound, undefined] : [undefined, bound];
}

/** The first position from which on the test holds, where it holds for all after one it holds for. */
function firstWhere(rows: Uint32Array, test: (row: number) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rowSet(test: Exclude<RowTest, { kind: 'group-by' }>, index: QueryIndex): Bitset {
  const sets = index.rowSets;
  switch (test.kind) {
    case 'has-tool':
      return callsTool(test.name.value, index);
    case 'problem':
      return sets.problemRows(test.rule.value);
    case 'text':
      return sets.textRows(test.pattern);
    case 'star':
      return sets.starRows();
    case 'tag':
      return sets.tagRows(test.tag.value);
  }
}

function* evaluateTest(test: Test, column: Column, rowCount: number): Generator<number, Bitset> {
  switch (test.kind) {
    case 'equal': {
      const equal = yield* equalTo(test.value, column, rowCount);
      return test.negated ? andBits(present(column, rowCount), notBits(equal, rowCount)) : equal;
    }
    case 'order':
      return yield* ordered(test.operator, test.value, column, rowCount);
    case 'between':
      return andBits(yield* ordered('>=', test.low, column, rowCount), yield* ordered('<=', test.high, column, rowCount));
    case 'in':
      return yield* oneOf(test.values, column, rowCount);
    case 'match':
      return yield* textsWhere(column, rowCount, { units: Infinity, accepts: patternTest(test.pattern) });
    case 'is-true':
      return yield* equalTo({ ...test, kind: 'boolean', value: true }, column, rowCount);
    case 'missing':
      return ofKind(column, rowCount, CellKind.missing);
    case 'null':
      return ofKind(column, rowCount, CellKind.null);
  }
}

function ofKind(column: Column, rowCount: number, kind: CellKind): Bitset {
  const kinds = column.kinds();
  return bitsWhere(rowCount, (row) => kinds[row] === kind);
}

function present(column: Column, rowCount: number): Bitset {
  const kinds = column.kinds();
  return bitsWhere(rowCount, (row) => kinds[row]! > CellKind.null);
}

function* equalTo(literal: Literal, column: Column, rowCount: number): Generator<number, Bitset> {
  if (literal.kind === 'number') return numbersWhere(column, rowCount, literal, (sign) => sign === 0);
  if (literal.kind === 'string') return yield* textsWhere(column, rowCount, equalsText(literal.value));
  const kinds = column.kinds();
  const numbers = column.numbers();
  const wanted = literal.value ? 1 : 0;
  return bitsWhere(rowCount, (row) => kinds[row] === CellKind.boolean && numbers[row] === wanted);
}

/** Texts in one pass over the dictionary, however many; other values one by one. */
function* oneOf(values: readonly Literal[], column: Column, rowCount: number): Generator<number, Bitset> {
  const texts = new Set(values.flatMap((value) => (value.kind === 'string' ? [value.value] : [])));
  let found = yield* textsWhere(column, rowCount, isOneOf(texts));
  for (const value of values) if (value.kind !== 'string') found = orBits(found, yield* equalTo(value, column, rowCount));
  return found;
}

function* ordered(operator: OrderOperator, literal: OrderedLiteral, column: Column, rowCount: number): Generator<number, Bitset> {
  const accepts = signTest(operator);
  return literal.kind === 'number'
    ? numbersWhere(column, rowCount, literal, accepts)
    : yield* textsWhere(column, rowCount, comparesText(literal.value, accepts));
}

function signTest(operator: OrderOperator): (sign: number) => boolean {
  switch (operator) {
    case '<':
      return (sign) => sign < 0;
    case '<=':
      return (sign) => sign <= 0;
    case '>':
      return (sign) => sign > 0;
    case '>=':
      return (sign) => sign >= 0;
  }
}

/** Rows that hold a number (booleans as 0 and 1) whose comparison with the literal has an accepted sign. */
function numbersWhere(column: Column, rowCount: number, literal: NumberLiteral, accepts: (sign: number) => boolean): Bitset {
  const numbers = column.numbers();
  const kinds = column.kinds();
  const { value, text } = literal;
  const [less, equal, greater] = [accepts(-1), accepts(0), accepts(1)];
  if (!isBeyondFloat(value) && !kinds.includes(CellKind.exact)) {
    // NaN, which stands for "no number", passes none of the three comparisons.
    return bitsWhere(rowCount, (row) => {
      const number = numbers[row]!;
      return (less && number < value) || (equal && number === value) || (greater && number > value);
    });
  }
  return bitsWhere(rowCount, (row) => {
    const number = numbers[row]!;
    if (Number.isNaN(number)) return false;
    const digits = kinds[row] === CellKind.exact ? (column.text(row) ?? String(number)) : String(number);
    return accepts(compareDecimals(digits, text));
  });
}
