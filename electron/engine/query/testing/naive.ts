import type { Expression, Literal, Test } from '#shared/model/expression/index.ts';
import type { MemoryRow } from './memory-index.ts';

/** The language's meaning on plain objects, written as simply as can be: what the compiled evaluation is held against. */
export function naiveTruth(expression: Expression, row: MemoryRow, group: Readonly<Record<string, unknown>> = {}): boolean {
  if (row === 'invalid') return false;
  switch (expression.kind) {
    case 'and':
      return expression.parts.every((part) => naiveTruth(part, row, group));
    case 'or':
      return expression.parts.some((part) => naiveTruth(part, row, group));
    case 'not':
      return !naiveTruth(expression.part, row, group);
    default:
      return naiveTest(expression, expression.operand.kind === 'column' ? row[expression.operand.name] : group[expression.operand.figure]);
  }
}

function naiveTest(test: Test, value: unknown): boolean {
  if (test.kind === 'missing') return value === undefined;
  if (test.kind === 'null') return value === null;
  if (value === undefined || value === null) return false;
  switch (test.kind) {
    case 'equal':
      return isEqual(value, test.value) !== test.negated;
    case 'order':
      return compare(value, test.value).some((sign) => ({ '<': sign < 0, '<=': sign <= 0, '>': sign > 0, '>=': sign >= 0 })[test.operator]);
    case 'between':
      return compare(value, test.low).some((sign) => sign >= 0) && compare(value, test.high).some((sign) => sign <= 0);
    case 'in':
      return test.values.some((each) => isEqual(value, each));
    case 'match':
      if (typeof value !== 'string') return false;
      return test.pattern.kind === 'contains'
        ? value.toLowerCase().includes(test.pattern.text.toLowerCase())
        : new RegExp(test.pattern.source, test.pattern.flags).test(value);
    case 'is-true':
      return value === true;
  }
}

function isEqual(value: unknown, literal: Literal): boolean {
  return literal.kind === 'boolean' ? value === literal.value : compare(value, literal).includes(0);
}

/** The sign of value - literal, or nothing where they cannot be compared. */
function compare(value: unknown, literal: Literal): number[] {
  if (literal.kind === 'string') {
    if (typeof value !== 'string') return [];
    const [a, b] = [Buffer.from(value, 'utf8'), Buffer.from(literal.value, 'utf8')]; // UTF-8 sorts as code points do
    return [Buffer.compare(a, b)];
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') return [];
  const [a, b] = [Number(value), Number(literal.value)];
  return a < b ? [-1] : a > b ? [1] : [0];
}
