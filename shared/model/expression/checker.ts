import { AppError } from '../../errors.ts';
import type { ColumnInfo, ColumnKind } from '../column.ts';
import type { Expression, Literal, Operand, RowTest, Test } from './ast.ts';
import { operandName, testsOf } from './conditions.ts';
import { nearestNames } from './nearest.ts';
import { parseOperand } from './operand-parser.ts';
import { parseExpression } from './parser.ts';
import { isPath } from './paths.ts';
import { printLiteral, printOperand } from './printer.ts';
import { quoteName, quoteString } from './words.ts';

/** What the checker must know of a column. */
export type KnownColumn = Pick<ColumnInfo, 'name' | 'kind'>;

/** What an expression is held against. */
export interface Known {
  readonly columns: readonly KnownColumn[];
  /** Rules that `problem "…"` may name; absent where they are not known. */
  readonly rules?: readonly string[];
  /** Whether a nested path that is no column may still become one. */
  readonly morePaths?: boolean;
  /** Whether some keys of the files have no column: they can be read by their path. */
  readonly moreKeys?: boolean;
}

/**
 * Parses an expression and holds it against the columns there are. Fails with bad-input at the first name that is
 * unknown or value that does not fit its column. A mixed column takes any value; a boolean one also numbers (as 0 and 1).
 * A nested path that is no column yet passes: the engine reads it.
 */
export function checkedExpression(text: string, columns: readonly KnownColumn[], more: Pick<Known, 'moreKeys'> = {}): Expression {
  const expression = parseExpression(text);
  checkExpression(expression, { columns, morePaths: true, ...more });
  return expression;
}

/** See checkedExpression. */
export function checkExpression(expression: Expression, known: Known): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      if (expression.kind === 'or') rejectGrouping(expression);
      for (const part of expression.parts) checkExpression(part, known);
      return;
    case 'not':
      rejectGrouping(expression);
      return checkExpression(expression.part, known);
    case 'has-tool':
    case 'problem':
    case 'text':
    case 'star':
    case 'tag':
      return checkRowTest(expression, known);
    case 'group-by':
      return checkGrouping(expression, known);
    default:
      checkTest(expression, operandKind(expression.operand, known));
  }
}

/** In `group by`: equal requests, of which the prompt is what people see. */
const byRequest = 'prompt';

/** Values of one column make tasks; what is computed from tasks cannot. */
function checkGrouping({ column, start }: RowTest & { kind: 'group-by' }, known: Known): void {
  if (computedOperand(column)) throw misfit('Rollouts are grouped by a column, not by what is computed', start);
  if (column !== byRequest) columnKind(column, start, known);
}

/** It is true of every row: `not` or `or` would say nothing. */
function rejectGrouping(expression: Expression): void {
  const grouping = testsOf(expression).find((test) => test.kind === 'group-by');
  if (grouping) throw misfit('group by is a condition of its own: join it with and, or add it by itself', grouping.start);
}

function checkRowTest(test: RowTest, { rules }: Known): void {
  if (test.kind !== 'problem' || rules === undefined || rules.includes(test.rule.value)) return;
  const near = nearestNames(test.rule.value, rules);
  const advice = near[0] === undefined ? ` There are ${rules.join(', ')}.` : ` Did you mean ${quoteString(near[0])}?`;
  throw new AppError('bad-input', `No rule ${printLiteral(test.rule)}.${advice}`, {
    at: test.rule.start,
    suggestions: near.map(quoteString),
  });
}

/** What an operand holds. Fails with bad-input at an unknown name, or where something that is no number is computed with. */
export function operandKind(operand: Operand, known: Known): ColumnKind {
  switch (operand.kind) {
    case 'column':
      return columnKind(operand.name, operand.start, known);
    case 'group':
      if (operand.of !== undefined) checkNumbers([operand.of], `group.${operand.figure}`, known);
      return operand.figure === 'signal' ? 'boolean' : 'number';
    case 'rank':
      return 'number';
    case 'number':
      throw new AppError('bad-input', 'A number alone is no column: begin with the name of one.', { at: operand.start });
    case 'negative':
      return checkNumbers([operand.part], '-', known);
    case 'arithmetic':
      return checkNumbers([operand.left, operand.right], operand.sign, known);
    case 'call':
      return checkNumbers(operand.parts, operand.function, known);
  }
}

function checkNumbers(parts: readonly Operand[], by: string, known: Known): 'number' {
  for (const part of parts) {
    if (part.kind === 'number') continue;
    const kind = operandKind(part, known);
    if (kind === 'string') throw misfit(`${describe(part, kind)}, and ${by} takes numbers.`, part.start);
  }
  const [first] = parts;
  const isConstant = parts.every((part) => part.kind === 'number');
  if (isConstant && first) throw misfit('This computes with numbers alone: write its result.', first.start);
  return 'number';
}

/** A name that is no column may be that of something computed, as charts and exports call it. */
function columnKind(name: string, at: number, known: Known): ColumnKind {
  const column = known.columns.find((each) => each.name === name);
  if (column) return column.kind;
  const computed = computedOperand(name);
  if (computed) return operandKind(computed, known);
  if (known.morePaths === true && isPath(name)) return 'mixed';
  throw unknownColumn(name, known, at);
}

/** What is said of a name that is no column: what may have been meant. */
export function unknownColumn(name: string, { columns, moreKeys }: Known, at?: number): AppError {
  const place = at === undefined ? {} : { at };
  // A place is one in an expression, in which some names need quotes.
  const written = at === undefined ? String : quoteName;
  if (moreKeys === true && !isPath(name)) {
    const path = written(`field.${name}`);
    const advice = `Not all keys of these files have one: ${path} is read from the lines.`;
    return new AppError('bad-input', `No column "${name}". ${advice}`, { ...place, suggestions: [path] });
  }
  const near = nearestNames(
    name,
    columns.map((each) => each.name),
  );
  const advice = near[0] === undefined ? '' : ` Did you mean "${near[0]}"?`;
  return new AppError('bad-input', `No column "${name}".${advice}`, { ...place, suggestions: near.map(written) });
}

/** What a name computes: a figure of the group, the rank in it, arithmetic. Undefined where it is a name like any other. */
export function computedOperand(name: string): Operand | undefined {
  if (!/[-+*/( ]|^group\./.test(name)) return undefined;
  try {
    const operand = parseOperand(name);
    return operand.kind === 'column' ? undefined : operand;
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return undefined;
    throw error;
  }
}

function checkTest(test: Test, kind: ColumnKind): void {
  switch (test.kind) {
    case 'equal':
      return checkLiteral(test.value, kind, test.operand);
    case 'order':
      return checkLiteral(test.value, kind, test.operand);
    case 'between':
      checkLiteral(test.low, kind, test.operand);
      checkLiteral(test.high, kind, test.operand);
      return checkBounds(test);
    case 'in':
      for (const value of test.values) checkLiteral(value, kind, test.operand);
      return;
    case 'match':
      if (kind === 'string' || kind === 'mixed') return;
      throw misfit(`${describe(test.operand, kind)}, and ~ looks into text.`, test.pattern.start);
    case 'is-true':
      if (kind === 'boolean' || kind === 'mixed') return;
      throw misfit(
        `${describe(test.operand, kind)}: it needs a comparison, such as ${printOperand(test.operand)} ${kind === 'number' ? '>= 0.5' : '= "…"'}.`,
        test.end,
      );
    case 'missing':
    case 'null':
      return;
  }
}

function checkLiteral(literal: Literal, kind: ColumnKind, operand: Operand): void {
  const fits = kind === 'mixed' || kind === literal.kind || (kind === 'boolean' && literal.kind === 'number');
  if (fits) return;
  const instead =
    kind === 'string'
      ? quoteString(literal.kind === 'number' ? literal.text : String(literal.value))
      : kind === 'boolean'
        ? 'true'
        : literal.kind === 'string' && literal.value.trim() !== '' && Number.isFinite(Number(literal.value))
          ? String(Number(literal.value))
          : undefined;
  const advice = instead === undefined ? '.' : `: write ${instead}.`;
  throw misfit(`${describe(operand, kind)}, and ${printLiteral(literal)} is ${nouns[literal.kind]}${advice}`, literal.start, instead);
}

function checkBounds(test: Extract<Test, { kind: 'between' }>): void {
  const { low, high } = test;
  if (low.kind !== high.kind) throw misfit('The two bounds are of different kinds.', high.start);
  const reversed = low.kind === 'number' ? low.value > Number(high.value) : low.value > high.value;
  if (reversed) throw misfit(`The upper bound ${printLiteral(high)} is below the lower bound ${printLiteral(low)}.`, high.start);
}

const nouns = { number: 'a number', string: 'text', boolean: 'true or false' } as const;
const contents = { number: 'numbers', string: 'text', boolean: 'true and false', mixed: 'values of several kinds' } as const;

function describe(operand: Operand, kind: ColumnKind): string {
  return `"${operandName(operand)}" holds ${contents[kind]}`;
}

function misfit(message: string, at: number, suggestion?: string): AppError {
  return new AppError('bad-input', message, { at, suggestions: suggestion === undefined ? [] : [suggestion] });
}
