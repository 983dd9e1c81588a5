import { AppError } from '../../errors.ts';
import type { Expression, Literal, Operand, RowTest, Test } from './ast.ts';
import { parseExpression } from './parser.ts';
import { printOperand } from './printer.ts';
import { quoteName, quoteString } from './words.ts';

/**
 * The parts that a top-level `and` joins, as written, so that each can be shown, removed and counted by itself. Text
 * without a top-level `and` is one part; blank text is none. Fails with bad-input where the text is no expression.
 */
export function splitConditions(text: string): string[] {
  if (text.trim() === '') return [];
  const expression = parseExpression(text);
  const [first] = partsOf(expression);
  // In parentheses as a whole it is one condition: its span begins before its first part.
  if (expression.kind !== 'and' || first?.start !== expression.start) return [text.slice(expression.start, expression.end)];
  return expression.parts.map(({ start, end }) => text.slice(start, end));
}

/**
 * Keeps a column's values from `min` to `max`, both included; null is no bound. Bounds are taken in either order. Fails
 * with bad-input when there is no bound at all or one is no finite number.
 */
export function rangeCondition(column: string, min: number | null, max: number | null): string {
  const name = quoteName(column);
  const bounds = [min, max].filter((bound) => bound !== null);
  if (bounds.length === 0 || !bounds.every(Number.isFinite)) throw new AppError('bad-input', `A range of ${column} needs a finite bound.`);
  if (min === null) return `${name} <= ${printNumber(max ?? 0)}`;
  if (max === null) return `${name} >= ${printNumber(min)}`;
  if (min === max) return `${name} = ${printNumber(min)}`;
  return `${name} between ${printNumber(Math.min(min, max))} and ${printNumber(Math.max(min, max))}`;
}

/** Keeps the rows whose column holds one of the values. Fails with bad-input on an empty list. */
export function oneOfCondition(column: string, values: readonly (string | number | boolean)[]): string {
  const name = quoteName(column);
  const [first] = values;
  if (first === undefined) throw new AppError('bad-input', `Choose at least one value of ${column}.`);
  return values.length === 1 ? `${name} = ${printValue(first)}` : `${name} in (${values.map(printValue).join(', ')})`;
}

/** Keeps the rollouts in which a rule found something. */
export function problemCondition(rule: string): string {
  return `problem ${quoteString(rule)}`;
}

function printValue(value: string | number | boolean): string {
  return typeof value === 'string' ? quoteString(value) : typeof value === 'number' ? printNumber(value) : String(value);
}

/** The shortest digits that read back as the same number; -0 is 0, which compares the same. */
function printNumber(value: number): string {
  return String(value === 0 ? 0 : value);
}

/**
 * The one column that a condition is about: its name, or what a chart of a figure or of something computed is called. Null
 * when it is about several, or about the whole row, or is no expression.
 */
export function conditionColumn(condition: string): string | null {
  const expression = tryParse(condition);
  return expression ? columnOf(expression) : null;
}

/** The one column an expression is about, as conditionColumn says it, or null. */
export function columnOf(expression: Expression): string | null {
  const names = new Set(testsOf(expression).map((test) => ('operand' in test ? operandName(test.operand) : null)));
  const [name] = names;
  return names.size === 1 && name !== undefined ? name : null;
}

/** What a filter groups rollouts by, instead of their task keys: the last one that says so. */
export function groupingOf(filter: readonly string[]): string | undefined {
  const tests = filter.flatMap((condition) => testsOrNone(condition)).filter((test) => test.kind === 'group-by');
  return tests.at(-1)?.column;
}

function testsOrNone(condition: string): readonly (Test | RowTest)[] {
  // Most conditions say nothing of it, and need not be parsed for that.
  if (!/\bgroup\s+by\b/i.test(condition)) return [];
  const expression = tryParse(condition);
  return expression ? testsOf(expression) : [];
}

/** What an operand is called as a column: a column by its bare name, all else as it is printed. */
export function operandName(operand: Operand): string {
  return operand.kind === 'column' ? operand.name : printOperand(operand);
}

/** A range of a column; null is no bound, an open bound is itself left out (`>` and `<`). */
export interface ConditionRange {
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
}

/** Reads a condition back as a range of numbers of one column, or of what one computation gives; null where it is anything else. */
export function conditionRange(condition: string): ConditionRange | null {
  const expression = tryParse(condition);
  return expression ? rangeOf(expression) : null;
}

function rangeOf(expression: Expression): ConditionRange | null {
  if (expression.kind === 'and') {
    return expression.parts.map(rangeOf).reduce((a, b) => (a && b && a.column === b.column ? intersect(a, b) : null));
  }
  if (!('operand' in expression) || expression.operand.kind === 'group' || expression.operand.kind === 'rank') return null;
  const whole = { column: operandName(expression.operand), min: null, max: null, minOpen: false, maxOpen: false };
  if (expression.kind === 'between') return numbers(expression.low, expression.high, (min, max) => ({ ...whole, min, max }));
  if (expression.kind === 'equal' && !expression.negated) {
    return numbers(expression.value, expression.value, (min, max) => ({ ...whole, min, max }));
  }
  if (expression.kind !== 'order') return null;
  const open = expression.operator === '>' || expression.operator === '<';
  const lower = expression.operator === '>' || expression.operator === '>=';
  return numbers(expression.value, expression.value, (value) =>
    lower ? { ...whole, min: value, minOpen: open } : { ...whole, max: value, maxOpen: open },
  );
}

function numbers(low: Literal, high: Literal, build: (low: number, high: number) => ConditionRange): ConditionRange | null {
  return low.kind === 'number' && high.kind === 'number' ? build(low.value, high.value) : null;
}

function intersect(a: ConditionRange, b: ConditionRange): ConditionRange {
  const lower = a.min === null || (b.min !== null && (b.min > a.min || (b.min === a.min && b.minOpen))) ? b : a;
  const upper = a.max === null || (b.max !== null && (b.max < a.max || (b.max === a.max && b.maxOpen))) ? b : a;
  return { column: a.column, min: lower.min, minOpen: lower.minOpen, max: upper.max, maxOpen: upper.maxOpen };
}

/** The tests that an expression joins, from left to right. */
export function testsOf(expression: Expression): readonly (Test | RowTest)[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.flatMap(testsOf);
    case 'not':
      return testsOf(expression.part);
    default:
      return [expression];
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'and' || expression.kind === 'or') return expression.parts;
  return expression.kind === 'not' ? [expression.part] : [];
}

function tryParse(condition: string): Expression | null {
  try {
    return parseExpression(condition);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return null;
    throw error;
  }
}
