export type { Expression, GroupFigure, Literal, NumberLiteral, Operand, OrderedLiteral, OrderOperator, Pattern, Test } from './ast.ts';
export { groupFigures } from './ast.ts';
export { checkedExpression, checkExpression, type KnownColumn } from './checker.ts';
export {
  columnOf,
  conditionColumn,
  conditionRange,
  type ConditionRange,
  oneOfCondition,
  rangeCondition,
  splitConditions,
} from './conditions.ts';
export { nearestNames } from './nearest.ts';
export { parseExpression } from './parser.ts';
export { printExpression } from './printer.ts';
export { quoteName, quoteString } from './words.ts';
