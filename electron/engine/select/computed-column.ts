import { AppError } from '#shared/errors.ts';
import { type ArithmeticSign, type FunctionName, type Operand, printOperand } from '#shared/model/expression/index.ts';
import type { Column } from '../index/types.ts';
import { denseColumn, denseNumbers } from './dense-column.ts';

// Rows are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** A number column; NaN is missing. `isRollout`: which rows count. */
export function computedNumbers(name: string, numbers: Float64Array, isRollout: (row: number) => boolean): Column {
  const values = denseNumbers(numbers, 'number');
  return denseColumn({
    name,
    kind: 'number',
    counts: () => {
      let [present, missing] = [0, 0];
      numbers.forEach((value, row) => {
        if (!isRollout(row)) return;
        if (Number.isNaN(value)) missing++;
        else present++;
      });
      return { present, missing };
    },
    values: () => values,
    cell: (row) => {
      const value = numbers[row];
      return value === undefined || Number.isNaN(value) ? undefined : value;
    },
  });
}

/** Rows computed in one go: a few milliseconds. */
const chunkRows = 1 << 16;

/**
 * What an operand computes, as a column named as it is printed. Missing in a row where any input is missing, null or no
 * number, and where the result is no finite number (1 / 0, log of 0); booleans are 0 and 1. All in float64. Yields between
 * inputs and between chunks of rows.
 */
export function* arithmeticColumn(
  operand: Operand,
  numbersOf: (operand: Operand) => Float64Array,
  rows: { count: number; isRollout: (row: number) => boolean },
): Generator<void, Column> {
  const inputs = new Map<string, Float64Array>();
  for (const input of inputsOf(operand)) {
    if (inputs.has(printOperand(input))) continue;
    inputs.set(printOperand(input), numbersOf(input));
    yield;
  }
  const numbers = new Float64Array(rows.count);
  for (let start = 0; start < rows.count; start += chunkRows) {
    const count = Math.min(chunkRows, rows.count - start);
    const chunk = compute(operand, (input) => inputs.get(printOperand(input))!.slice(start, start + count), count);
    for (let row = 0; row < count; row++) {
      const value = chunk[row]!;
      numbers[start + row] = Number.isFinite(value) ? value + 0 : Number.NaN; // -0 becomes 0
    }
    yield;
  }
  return computedNumbers(printOperand(operand), numbers, rows.isRollout);
}

/** The columns, figures and ranks that an operand is computed from. */
function inputsOf(operand: Operand): readonly Operand[] {
  switch (operand.kind) {
    case 'column':
    case 'group':
    case 'rank':
      return [operand];
    case 'number':
      return [];
    case 'negative':
      return inputsOf(operand.part);
    case 'arithmetic':
      return [...inputsOf(operand.left), ...inputsOf(operand.right)];
    case 'call':
      return operand.parts.flatMap(inputsOf);
  }
}

/** A fresh array of `count` numbers; `inputOf` gives fresh arrays too. */
function compute(operand: Operand, inputOf: (operand: Operand) => Float64Array, count: number): Float64Array {
  const part = (each: Operand): Float64Array => compute(each, inputOf, count);
  switch (operand.kind) {
    case 'column':
    case 'group':
    case 'rank':
      return inputOf(operand);
    case 'number':
      return new Float64Array(count).fill(operand.value);
    case 'negative':
      return into(part(operand.part), (x) => -x);
    case 'arithmetic':
      return combine(part(operand.left), part(operand.right), operations[operand.sign]);
    case 'call':
      return call(operand.function, operand.parts.map(part));
  }
}

const operations: Readonly<Record<ArithmeticSign, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
};

function call(name: FunctionName, parts: readonly Float64Array[]): Float64Array {
  const [first] = parts;
  if (!first) throw new AppError('bad-input', `${name} needs a value.`);
  switch (name) {
    case 'abs':
      return into(first, Math.abs);
    case 'log':
      return into(first, Math.log);
    case 'round': // halves away from zero
      return into(first, (x) => Math.sign(x) * Math.round(Math.abs(x)));
    case 'min':
      return parts.reduce((x, y) => combine(x, y, Math.min));
    case 'max':
      return parts.reduce((x, y) => combine(x, y, Math.max));
  }
}

function into(values: Float64Array, of: (x: number) => number): Float64Array {
  for (let row = 0; row < values.length; row++) values[row] = of(values[row]!);
  return values;
}

/** An input that is no finite number makes the result none: that is told from `min(1 / 0, 2)` too. */
function combine(left: Float64Array, right: Float64Array, of: (x: number, y: number) => number): Float64Array {
  for (let row = 0; row < left.length; row++) {
    const [x, y] = [left[row]!, right[row]!];
    left[row] = Number.isFinite(x) && Number.isFinite(y) ? of(x, y) : Number.NaN;
  }
  return left;
}
