import { operandName, printOperand, quoteString, type Expression, type Literal, type Pattern } from '#shared/model/expression/index.ts';
import { printRegex } from './print-regex.ts';
import { isExact, printChoices, readChoices, type Choice } from './choices.ts';
import { tryParse } from './try-parse.ts';

/** Null is no bound; an open bound is itself left out. */
export interface FormRange {
  readonly min: number | null;
  readonly max: number | null;
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
}

/** Part of a text, whatever its case, or a pattern with its flags. */
export interface FormPattern {
  readonly text: string;
  readonly regex: boolean;
  /** Of a pattern; a part of a text is found in any case. */
  readonly ignoreCase: boolean;
}

/** What a condition asks, taken apart as far as a few controls can change it. */
export type ConditionForm = { readonly negated: boolean } & (
  | { readonly kind: 'range'; readonly operand: string; readonly range: FormRange }
  | { readonly kind: 'values'; readonly column: string; readonly chosen: readonly Choice[] }
  /** Of a column; null: of the whole conversation. */
  | { readonly kind: 'pattern'; readonly operand: string | null; readonly pattern: FormPattern }
  | { readonly kind: 'tool' | 'problem' | 'tag'; readonly name: string }
  /** A star, or a column that is true. */
  | { readonly kind: 'flag'; readonly operand: string }
);

/** Null where the condition is more than controls can show: it is edited as text. */
export function readForm(condition: string): ConditionForm | null {
  const expression = tryParse(condition);
  if (expression === null) return null;
  if (expression.kind !== 'not') return formOf(expression);
  const inner = formOf(expression.part);
  return inner === null ? null : { ...inner, negated: !inner.negated };
}

/** The condition that a form stands for; null while it lacks something, such as both bounds. */
export function printForm(form: ConditionForm): string | null {
  const plain = printPlain(form);
  if (plain === null || !form.negated) return plain;
  return form.kind === 'values' && form.chosen.length > 1 ? `not (${plain})` : `not ${plain}`;
}

/** The condition that keeps what this one leaves out; null where it cannot be turned around in its form. */
export function turnedAround(condition: string): string | null {
  const form = readForm(condition);
  return form && printForm({ ...form, negated: !form.negated });
}

function formOf(expression: Expression): ConditionForm | null {
  const negated = false;
  switch (expression.kind) {
    case 'has-tool':
      return { kind: 'tool', name: expression.name.value, negated };
    case 'problem':
      return { kind: 'problem', name: expression.rule.value, negated };
    case 'tag':
      return { kind: 'tag', name: expression.tag.value, negated };
    case 'star':
      return { kind: 'flag', operand: 'star', negated };
    case 'is-true':
      return { kind: 'flag', operand: printOperand(expression.operand), negated };
    case 'text':
      return patternForm(null, expression.pattern);
    case 'match':
      return patternForm(printOperand(expression.operand), expression.pattern);
    default:
      return rangeForm(expression) ?? valuesForm(expression);
  }
}

function rangeForm(expression: Expression): ConditionForm | null {
  if (expression.kind === 'between') {
    const [min, max] = [numberOf(expression.low), numberOf(expression.high)];
    if (min === null || max === null) return null;
    return rangeOf(printOperand(expression.operand), { min, max, minOpen: false, maxOpen: false });
  }
  if (expression.kind === 'order') {
    const value = numberOf(expression.value);
    if (value === null) return null;
    const open = expression.operator === '<' || expression.operator === '>';
    const lower = expression.operator === '>' || expression.operator === '>=';
    const range = lower
      ? { min: value, max: null, minOpen: open, maxOpen: false }
      : { min: null, max: value, minOpen: false, maxOpen: open };
    return rangeOf(printOperand(expression.operand), range);
  }
  if (expression.kind !== 'equal' || expression.negated) return null;
  const value = numberOf(expression.value);
  return value === null ? null : rangeOf(printOperand(expression.operand), { min: value, max: value, minOpen: false, maxOpen: false });
}

function rangeOf(operand: string, range: FormRange): ConditionForm {
  return { kind: 'range', operand, range, negated: false };
}

function valuesForm(expression: Expression): ConditionForm | null {
  const [first] = expression.kind === 'or' ? expression.parts : [expression];
  if (first === undefined || !('operand' in first) || first.operand.kind !== 'column') return null;
  const column = operandName(first.operand);
  // `!=` leaves rows without a value out, and `not (… = …)` does not: it stays text.
  const chosen = readChoices(expression, column);
  return chosen === null ? null : { kind: 'values', column, chosen, negated: false };
}

/** Flags that change more than case cannot be shown. */
function patternForm(operand: string | null, pattern: Pattern): ConditionForm | null {
  if (pattern.kind === 'contains') {
    return { kind: 'pattern', operand, pattern: { text: pattern.text, regex: false, ignoreCase: true }, negated: false };
  }
  if (pattern.flags !== '' && pattern.flags !== 'i') return null;
  return { kind: 'pattern', operand, pattern: { text: pattern.source, regex: true, ignoreCase: pattern.flags === 'i' }, negated: false };
}

/** Numbers that float64 does not hold as written stay text. */
function numberOf(literal: Literal): number | null {
  return literal.kind === 'number' && isExact(literal) ? literal.value : null;
}

function printPlain(form: ConditionForm): string | null {
  switch (form.kind) {
    case 'range':
      return printRange(form.operand, form.range);
    case 'values':
      return form.chosen.length === 0 ? null : printChoices(form.column, form.chosen);
    case 'pattern':
      return form.pattern.text === '' ? null : `${form.operand ?? 'text'} ~ ${printPattern(form.pattern)}`;
    case 'tool':
      return form.name === '' ? null : `has tool ${quoteString(form.name)}`;
    case 'problem':
    case 'tag':
      return form.name === '' ? null : `${form.kind} ${quoteString(form.name)}`;
    case 'flag':
      return form.operand;
  }
}

function printRange(operand: string, { min, max, minOpen, maxOpen }: FormRange): string | null {
  if (min !== null && max !== null) {
    if (min === max) return `${operand} = ${min}`;
    if (!minOpen && !maxOpen) return `${operand} between ${Math.min(min, max)} and ${Math.max(min, max)}`;
    return `(${operand} ${minOpen ? '>' : '>='} ${min} and ${operand} ${maxOpen ? '<' : '<='} ${max})`;
  }
  if (min !== null) return `${operand} ${minOpen ? '>' : '>='} ${min}`;
  return max === null ? null : `${operand} ${maxOpen ? '<' : '<='} ${max}`;
}

function printPattern({ text, regex, ignoreCase }: FormPattern): string {
  return regex ? printRegex(text, ignoreCase) : quoteString(text);
}
