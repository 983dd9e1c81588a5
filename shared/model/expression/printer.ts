import type { Expression, Literal, Operand, Pattern, RowTest, Test } from './ast.ts';
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
    case 'has-tool':
    case 'problem':
    case 'text':
    case 'star':
    case 'tag':
    case 'group-by':
      return printRowTest(expression);
    default:
      return printTest(expression);
  }
}

function printRowTest(test: RowTest): string {
  switch (test.kind) {
    case 'has-tool':
      return `has tool ${printLiteral(test.name)}`;
    case 'problem':
      return `problem ${printLiteral(test.rule)}`;
    case 'text':
      return `text ~ ${printPattern(test.pattern)}`;
    case 'star':
      return 'star';
    case 'tag':
      return `tag ${printLiteral(test.tag)}`;
    case 'group-by':
      return `group by ${quoteName(test.column)}`;
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
  switch (operand.kind) {
    case 'column':
      return quoteName(operand.name);
    case 'group':
      return `group.${operand.figure}${operand.of === undefined ? '' : `(${printOperand(operand.of)})`}`;
    case 'rank':
      return 'rank in group';
    case 'number':
      return operand.text;
    case 'negative':
      return `-${inParentheses(operand.part, ['number', 'arithmetic', 'negative'])}`;
    case 'call':
      return `${operand.function}(${operand.parts.map(printOperand).join(', ')})`;
    case 'arithmetic': {
      const { left, sign, right } = operand;
      const isProduct = sign === '*' || sign === '/';
      const isSum = (part: Operand): boolean => part.kind === 'arithmetic' && (part.sign === '+' || part.sign === '-');
      const printedLeft = isProduct && isSum(left) ? `(${printOperand(left)})` : printOperand(left);
      // All of one strength bind from the left.
      const printedRight = right.kind === 'arithmetic' && (isProduct || isSum(right)) ? `(${printOperand(right)})` : printOperand(right);
      return `${printedLeft} ${sign} ${printedRight}`;
    }
  }
}

function inParentheses(operand: Operand, kinds: readonly Operand['kind'][]): string {
  return kinds.includes(operand.kind) ? `(${printOperand(operand)})` : printOperand(operand);
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
