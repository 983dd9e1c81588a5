import { operandName, type Expression } from '#shared/model/expression/index.ts';
import { tryParse } from './try-parse.ts';

/** Keeps the tasks that have a rollout to choose, whose reward is `at` or more, and one to reject below it. */
export function splitCondition(at: number): string {
  return `group.max >= ${at} and group.min < ${at}`;
}

/** Where a condition of this form divides; null where it is another. */
export function splitAt(condition: string | null): number | null {
  const expression = condition === null ? null : tryParse(condition);
  return expression === null ? null : splitOf(expression);
}

/** The same of an expression that was read. */
export function splitOf(expression: Expression): number | null {
  if (expression.kind !== 'and' || expression.parts.length !== 2) return null;
  const [most, least] = expression.parts;
  const at = most && boundOf(most, 'group.max', '>=');
  return at !== undefined && least !== undefined && boundOf(least, 'group.min', '<') === at ? (at ?? null) : null;
}

function boundOf(part: Expression, name: string, operator: string): number | null {
  if (part.kind !== 'order' || part.operator !== operator || operandName(part.operand) !== name) return null;
  return part.value.kind === 'number' ? part.value.value : null;
}
