export type {
  ArithmeticSign,
  Expression,
  FunctionName,
  GroupFigure,
  Literal,
  NumberLiteral,
  Operand,
  OrderedLiteral,
  OrderOperator,
  Pattern,
  RowTest,
  Test,
} from './ast.ts';
export { functionNames, groupFigures, wholeFigures } from './ast.ts';
export {
  checkedExpression,
  checkExpression,
  computedOperand,
  type Known,
  type KnownColumn,
  operandKind,
  unknownColumn,
} from './checker.ts';
export {
  columnOf,
  conditionColumn,
  conditionRange,
  groupingOf,
  type ConditionRange,
  oneOfCondition,
  operandName,
  problemCondition,
  rangeCondition,
  splitConditions,
  testsOf,
} from './conditions.ts';
export { tokenize, type Token } from './lexer.ts';
export { nearestNames } from './nearest.ts';
export { parseOperand } from './operand-parser.ts';
export { parseExpression } from './parser.ts';
export { isPath, pathKeys } from './paths.ts';
export { printExpression, printOperand } from './printer.ts';
export { checkRegex, type RegexPiece, regexPieces } from './regex.ts';
export { quoteName, quoteString } from './words.ts';
