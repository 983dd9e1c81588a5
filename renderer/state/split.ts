import { operandName, type Expression } from '#shared/model/expression/index.ts';
import { groupFigure } from './group-conditions.ts';
import { tryParse } from './try-parse.ts';

/** Where a metric divides the rollouts of each task. */
export interface Split {
  readonly column: string;
  readonly at: number;
}

/** Keeps the tasks that have a rollout to choose, whose metric is `at` or more, and one to reject below it. */
export function splitCondition({ column, at }: Split): string {
  return `${groupFigure('max', column)} >= ${at} and ${groupFigure('min', column)} < ${at}`;
}

/** Reads a condition of this form; null where it is another. */
export function splitOf(condition: string | null): Split | null {
  const expression = condition === null ? null : tryParse(condition);
  return expression === null ? null : splitIn(expression);
}

/** Where it divides a metric; null where it does not, or divides another one. */
export function splitAt(condition: string | null, column: string | undefined): number | null {
  const split = splitOf(condition);
  return split?.column === column ? (split?.at ?? null) : null;
}

/** The same of an expression that was read. */
export function splitIn(expression: Expression): Split | null {
  if (expression.kind !== 'and' || expression.parts.length !== 2) return null;
  const [most, least] = expression.parts;
  const chosen = most && boundOf(most, 'max', '>=');
  const rejected = least && boundOf(least, 'min', '<');
  if (!chosen || !rejected) return null;
  return chosen.column === rejected.column && chosen.at === rejected.at ? chosen : null;
}

function boundOf(part: Expression, figure: 'min' | 'max', operator: string): Split | null {
  if (part.kind !== 'order' || part.operator !== operator || part.value.kind !== 'number') return null;
  const { operand } = part;
  if (operand.kind !== 'group' || operand.figure !== figure) return null;
  return { column: operand.of === undefined ? 'reward' : operandName(operand.of), at: part.value.value };
}
