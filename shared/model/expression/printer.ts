import type { Expression, Literal, Operand, Pattern, Test } from './ast.ts';
import { quoteName, quoteString } from './words.ts';

/** The expression as text. Parsing it again gives the same expression (spans aside). */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
      return expression.parts
        .map((part) => (part.kind === 'or' || part.kind === 'and' ? `(${printExpression(part)})` : printExpression(part)))
        .join(' and ');
    case 'or':
      return expression.parts.map((part) => (part.kind === 'or' ? `(${printExpression(part)})` : printExpression(part))).join(' or ');
    case 'not':
      return expression.part.kind === 'not' ? `not ${printExpression(expression.part)}` : `not (${printExpression(expression.part)})`;
    default:
      return printTest(expression);
  }
}

function printTest(test: Test): string {
  const name = printOperand(test.operand);
  switch (test.kind) {
    case 'equal':
      return `${name} ${test.negated ? '!=' : '='} ${printLiteral(test.value)}`;
    case 'order':
      return `${name} ${test.operator} ${printLiteral(test.value)}`;
    case 'between':
      return `${name} between ${printLiteral(test.low)} and ${printLiteral(test.high)}`;
    case 'in':
      return `${name} in (${test.values.map(printLiteral).join(', ')})`;
    case 'match':
      return `${name} ~ ${printPattern(test.pattern)}`;
    case 'is-true':
      return name;
    case 'missing':
    case 'null':
      return `${test.kind} ${name}`;
  }
}

export function printOperand(operand: Operand): string {
  return operand.kind === 'group' ? `group.${operand.figure}` : quoteName(operand.name);
}

export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'number':
      return literal.text;
    case 'string':
      return quoteString(literal.value);
    case 'boolean':
      return String(literal.value);
  }
}

function printPattern(pattern: Pattern): string {
  return pattern.kind === 'regex' ? `/${pattern.source}/${pattern.flags}` : quoteString(pattern.text);
}
