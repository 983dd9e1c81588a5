import type { Cell } from '#shared/model/cell.ts';
import { computedOperand, parseExpression, type Expression, type Literal, type Operand } from '#shared/model/expression/index.ts';
import type { FakeRow } from './rows.ts';

/** Whether a row meets a condition: enough of the language for a page to be tried, over cells instead of columns. */
export function meets(row: FakeRow, condition: string): boolean {
  return test(parseExpression(condition), row);
}

/** A cell by the name of its column, or what the name computes; undefined where the row has none. */
export function cellOf(row: FakeRow, name: string): Cell | undefined {
  if (name in row) return row[name];
  const operand = computedOperand(name);
  return operand && operandCell(operand, row);
}

function operandCell(operand: Operand, row: FakeRow): Cell | undefined {
  if (operand.kind === 'column') return cellOf(row, operand.name);
  const value = computed(operand, row);
  return Number.isFinite(value) ? value : undefined;
}

function computed(operand: Operand, row: FakeRow): number {
  switch (operand.kind) {
    case 'column': {
      const cell = cellOf(row, operand.name);
      return typeof cell === 'number' || typeof cell === 'boolean' ? Number(cell) : Number.NaN;
    }
    case 'number':
      return operand.value;
    case 'arithmetic': {
      const [x, y] = [computed(operand.left, row), computed(operand.right, row)];
      return { '+': x + y, '-': x - y, '*': x * y, '/': x / y }[operand.sign];
    }
    default:
      return Number.NaN;
  }
}

function test(expression: Expression, row: FakeRow): boolean {
  if ('parts' in expression) {
    return expression.kind === 'and' ? expression.parts.every((part) => test(part, row)) : expression.parts.some((part) => test(part, row));
  }
  if (expression.kind === 'not') return !test(expression.part, row);
  if (!('operand' in expression)) return expression.kind === 'group-by';
  const cell = operandCell(expression.operand, row);
  if (expression.kind === 'missing') return cell === undefined;
  if (expression.kind === 'null') return cell === null;
  if (cell === undefined || cell === null) return false;
  switch (expression.kind) {
    case 'equal':
      return same(cell, expression.value) !== expression.negated;
    case 'in':
      return expression.values.some((value) => same(cell, value));
    case 'between':
      return order(cell, expression.low) >= 0 && order(cell, expression.high) <= 0;
    case 'order': {
      const difference = order(cell, expression.value);
      return { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[expression.operator];
    }
    case 'match':
      return expression.pattern.kind === 'regex'
        ? new RegExp(expression.pattern.source, expression.pattern.flags).test(String(cell))
        : String(cell).toLowerCase().includes(expression.pattern.text.toLowerCase());
    case 'is-true':
      return cell === true;
  }
}

function same(cell: Cell, literal: Literal): boolean {
  return typeof cell === 'boolean' && literal.kind === 'number' ? Number(cell) === literal.value : cell === literal.value;
}

function order(cell: Cell, literal: Literal): number {
  if (typeof cell === 'string') return literal.kind === 'string' ? (cell < literal.value ? -1 : cell > literal.value ? 1 : 0) : Number.NaN;
  return Number(cell) - Number(literal.value);
}
