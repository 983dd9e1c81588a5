import { computedOperand, operandName, type Expression, type Literal, type Operand, type Pattern } from '#shared/model/expression/index.ts';
import { splitIn } from './split.ts';
import { tryParse } from './try-parse.ts';

/** As the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

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

/** A condition in one line: in words where there are some, else as it is typed. */
export function sayCondition(condition: string, formatNumber: (value: number) => string): string {
  const words = conditionWords(condition, formatNumber);
  return words === null ? condition : `${words.subject} ${words.relation} ${words.value}`;
}

/** How a relation is turned around; others have `not` before them. */
const negations: Readonly<Record<string, string>> = {
  is: 'is not',
  are: 'are not',
  contains: 'does not contain',
  has: 'has not',
  call: 'do not call',
  hold: 'do not hold',
};

function sayExpression(expression: Expression, formatNumber: (value: number) => string): ConditionWords | null {
  if (expression.kind === 'not') {
    if (expression.part.kind === 'not') return sayExpression(expression.part.part, formatNumber);
    const words = sayExpression(expression.part, formatNumber);
    return words && { ...words, relation: negations[words.relation] ?? `not ${words.relation}` };
  }
  const split = splitIn(expression);
  if (split !== null) {
    const by = split.column === 'reward' ? '' : ` by ${split.column}`;
    return { subject: 'tasks', relation: `split into chosen and rejected${by} at`, value: formatNumber(split.at) };
  }
  if (!('operand' in expression)) return sayRowTest(expression);
  const { operand } = expression;
  const subject = sayOperand(operand);
  // That the values of a task differ is no value of it.
  if (expression.kind === 'is-true' && operand.kind === 'group' && operand.of !== undefined) {
    return { subject: `${operandName(operand.of)} in the task`, relation: 'has', value: 'a signal' };
  }
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
      return { subject, relation: 'contains', value: sayPattern(expression.pattern) };
    case 'is-true':
      return { subject, relation: 'is', value: 'true' };
    case 'missing':
    case 'null':
      return { subject, relation: 'is', value: expression.kind };
  }
}

/** A figure of the task names what it is of; all else is called as it is written. */
function sayOperand(written: Operand): string {
  // A chart names what it draws as a column.
  const operand = (written.kind === 'column' ? computedOperand(written.name) : undefined) ?? written;
  if (operand.kind !== 'group' || operand.of === undefined) return operandName(operand);
  const of = operandName(operand.of);
  switch (operand.figure) {
    case 'mean':
    case 'min':
    case 'max':
    case 'std':
      return `${operand.figure} of ${of} in the task`;
    case 'count':
      return `rollouts of the task with ${of}`;
    case 'passed':
      return `rollouts of the task that pass by ${of}`;
    default:
      return `${operand.figure} of ${of}`;
  }
}

function sayRowTest(expression: Exclude<Expression, { operand: unknown }>): ConditionWords | null {
  switch (expression.kind) {
    case 'has-tool':
      return { subject: 'tools', relation: 'call', value: expression.name.value };
    case 'problem':
      return { subject: 'problems', relation: 'are', value: expression.rule.value };
    case 'text':
      return { subject: 'conversation', relation: 'contains', value: sayPattern(expression.pattern) };
    case 'star':
      return { subject: 'star', relation: 'is', value: 'set' };
    case 'tag':
      return { subject: 'tags', relation: 'hold', value: expression.tag.value };
    default:
      return null;
  }
}

function sayPattern(pattern: Pattern): string {
  return pattern.kind === 'regex' ? `/${pattern.source}/${pattern.flags}` : pattern.text;
}
