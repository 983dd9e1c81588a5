import { AppError } from '../../errors.ts';
import type { ColumnInfo, ColumnKind } from '../column.ts';
import type { Expression, Literal, Operand, Test } from './ast.ts';
import { nearestNames } from './nearest.ts';
import { parseExpression } from './parser.ts';
import { printLiteral, printOperand } from './printer.ts';
import { quoteName, quoteString } from './words.ts';

/** What the checker must know of a column. */
export type KnownColumn = Pick<ColumnInfo, 'name' | 'kind'>;

/**
 * Parses an expression and holds it against the columns there are. Fails with bad-input at the first name that is
 * unknown or value that does not fit its column. A mixed column takes any value; a boolean one also numbers (as 0 and 1).
 */
export function checkedExpression(text: string, columns: readonly KnownColumn[]): Expression {
  const expression = parseExpression(text);
  checkExpression(expression, columns);
  return expression;
}

/** See checkedExpression. */
export function checkExpression(expression: Expression, columns: readonly KnownColumn[]): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const part of expression.parts) checkExpression(part, columns);
      return;
    case 'not':
      checkExpression(expression.part, columns);
      return;
    default:
      checkTest(expression, kindOf(expression.operand, columns));
  }
}

function kindOf(operand: Operand, columns: readonly KnownColumn[]): ColumnKind {
  if (operand.kind === 'group') return operand.figure === 'signal' ? 'boolean' : 'number';
  const column = columns.find(({ name }) => name === operand.name);
  if (column) return column.kind;
  const near = nearestNames(
    operand.name,
    columns.map(({ name }) => name),
  );
  const advice = near[0] === undefined ? '' : ` Did you mean "${near[0]}"?`;
  throw new AppError('bad-input', `No column "${operand.name}".${advice}`, { at: operand.start, suggestions: near.map(quoteName) });
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
  return `"${operand.kind === 'group' ? `group.${operand.figure}` : operand.name}" holds ${contents[kind]}`;
}

function misfit(message: string, at: number, suggestion?: string): AppError {
  return new AppError('bad-input', message, { at, suggestions: suggestion === undefined ? [] : [suggestion] });
}
