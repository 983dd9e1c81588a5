import { oneOfCondition, quoteName, type Expression, type Literal } from '#shared/model/expression/index.ts';
import { tryParse } from './try-parse.ts';

/** A value one can tick in a facet; `null` is JSON's null, `missing` a row without the field. */
export type Choice = { readonly value: string | number | boolean } | 'null' | 'missing';

export interface Choices {
  /** Index of the condition in the filter, null while nothing is chosen. */
  readonly index: number | null;
  readonly chosen: readonly Choice[];
}

/** The values of a column that the filter keeps by a condition of the form facets write. */
export function choicesOf(filter: readonly string[], column: string): Choices {
  for (const [index, condition] of filter.entries()) {
    const expression = tryParse(condition);
    const chosen = expression === null ? null : readChoices(expression, column);
    if (chosen !== null) return { index, chosen };
  }
  return { index: null, chosen: [] };
}

/** The filter after a tick or an untick. */
export function toggleChoice(filter: readonly string[], column: string, choice: Choice): string[] {
  const { index, chosen } = choicesOf(filter, column);
  const rest = chosen.filter((other) => !sameChoice(other, choice));
  const next = rest.length < chosen.length ? rest : [...chosen, choice];
  const condition = next.length === 0 ? [] : [printChoices(column, next)];
  if (index === null) return [...filter, ...condition];
  return filter.flatMap((held, at) => (at === index ? condition : [held]));
}

export function sameChoice(a: Choice, b: Choice): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.value === b.value : a === b;
}

/** `a = "x" or null a`: in one condition, since a row need meet only one of them. */
export function printChoices(column: string, choices: readonly Choice[]): string {
  const values = choices.flatMap((choice) => (typeof choice === 'object' ? [choice.value] : []));
  const kinds = (['null', 'missing'] as const).filter((kind) => choices.includes(kind)).map((kind) => `${kind} ${quoteName(column)}`);
  return [...(values.length > 0 ? [oneOfCondition(column, values)] : []), ...kinds].join(' or ');
}

/** The values that an expression of that form names; null where it is of another. */
export function readChoices(expression: Expression, column: string): readonly Choice[] | null {
  const parts = expression.kind === 'or' ? expression.parts : [expression];
  const choices = parts.map((part) => readPart(part, column));
  return choices.every((part) => part !== null) ? choices.flat() : null;
}

function readPart(part: Expression, column: string): readonly Choice[] | null {
  if (!('operand' in part) || part.operand.kind !== 'column' || part.operand.name !== column) return null;
  switch (part.kind) {
    case 'equal':
      return part.negated || !isExact(part.value) ? null : [{ value: part.value.value }];
    case 'in':
      return part.values.every(isExact) ? part.values.map(({ value }) => ({ value })) : null;
    case 'null':
    case 'missing':
      return [part.kind];
    default:
      return null;
  }
}

/** Not an integer of which float64 would lose digits when it is printed again. */
export function isExact(literal: Literal): boolean {
  return literal.kind !== 'number' || Math.abs(literal.value) <= Number.MAX_SAFE_INTEGER;
}
