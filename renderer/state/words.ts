import { type Expression, type Literal, type Operand } from '#shared/model/expression/index.ts';
import { tryParse } from './try-parse.ts';

/** A condition as a chip says it: `subject relation value`; null where it is too involved to be put so. */
export interface ConditionWords {
  readonly subject: string;
  readonly relation: string;
  readonly value: string;
}

export function conditionWords(condition: string, formatNumber: (value: number) => string): ConditionWords | null {
  const expression = tryParse(condition);
  return expression === null ? null : sayExpression(expression, formatNumber);
}

function sayExpression(expression: Expression, formatNumber: (value: number) => string): ConditionWords | null {
  if (!('operand' in expression)) return null;
  const subject = sayOperand(expression.operand);
  const say = (literal: Literal): string =>
    literal.kind === 'number'
      ? formatNumber(literal.value)
      : literal.kind === 'string' && literal.value === ''
        ? '""'
        : String(literal.value);
  switch (expression.kind) {
    case 'equal':
      if (expression.value.kind === 'number') return { subject, relation: expression.negated ? '≠' : '=', value: say(expression.value) };
      return { subject, relation: expression.negated ? 'is not' : 'is', value: say(expression.value) };
    case 'order':
      return { subject, relation: { '<': '<', '<=': '≤', '>': '>', '>=': '≥' }[expression.operator], value: say(expression.value) };
    case 'between':
      return { subject, relation: 'from', value: `${say(expression.low)} to ${say(expression.high)}` };
    case 'in':
      return { subject, relation: 'is', value: expression.values.map(say).join(', ') };
    case 'match':
      return {
        subject,
        relation: 'contains',
        value: expression.pattern.kind === 'regex' ? `/${expression.pattern.source}/${expression.pattern.flags}` : expression.pattern.text,
      };
    case 'is-true':
      return { subject, relation: 'is', value: 'true' };
    case 'missing':
    case 'null':
      return { subject, relation: 'is', value: expression.kind };
  }
}

function sayOperand(operand: Operand): string {
  return operand.kind === 'group' ? `group.${operand.figure}` : operand.name;
}
