import { AppError } from '#shared/errors.ts';
import {
  computedOperand,
  groupingOf,
  type Expression,
  isPath,
  type Operand,
  parseExpression,
  type Pattern,
  testsOf,
} from '#shared/model/expression/index.ts';

/** What conditions and names of columns need that may not be there at once. */
export interface Needs {
  /** Names that may be nested paths; some may be columns. */
  readonly paths: ReadonlySet<string>;
  /** Figures and what is computed; some may not fit the columns there are. */
  readonly computed: readonly Operand[];
  readonly patterns: readonly Pattern[];
  readonly rules: ReadonlySet<string>;
  /** What every rule finds. */
  readonly problems: boolean;
  /** Figures of groups, or ranks in them. */
  readonly tasks: boolean;
  /** What the tasks are made by, instead of task keys. */
  readonly grouping: string | undefined;
  /** What was planned. */
  readonly plan: boolean;
  /** Review marks. */
  readonly marks: boolean;
}

/** Whoever asks fails later, and says why, where one of the conditions or names is wrong. */
export function needsOf(conditions: readonly string[], columns: readonly string[]): Needs {
  const paths = new Set<string>();
  const rules = new Set<string>();
  const patterns: Pattern[] = [];
  const computed: Operand[] = [];
  let tasks = false;
  let plan = false;
  let marks = false;
  let problems = false;

  function addName(name: string): void {
    const operand = computedOperand(name);
    if (operand) addWhole(operand);
    else if (isPath(name)) paths.add(name);
    if (name === 'task') tasks = true;
    if (['star', 'tags', 'note'].includes(name)) marks = true;
    if (name === 'problems' || name === 'problem_severity') problems = true;
  }

  function addWhole(operand: Operand): void {
    if (operand.kind !== 'column') computed.push(operand);
    addOperand(operand);
  }

  function addOperand(operand: Operand): void {
    switch (operand.kind) {
      case 'column':
        return addName(operand.name);
      case 'group':
        if (operand.figure === 'missing') plan = true;
        if (operand.of !== undefined) addOperand(operand.of);
        tasks = true;
        return;
      case 'rank':
        tasks = true;
        return;
      case 'number':
        return;
      case 'negative':
        return addOperand(operand.part);
      case 'arithmetic':
        addOperand(operand.left);
        return addOperand(operand.right);
      case 'call':
        return operand.parts.forEach(addOperand);
    }
  }

  for (const test of conditions.flatMap((condition) => testsIn(condition))) {
    if ('operand' in test) addWhole(test.operand);
    else if (test.kind === 'text') patterns.push(test.pattern);
    else if (test.kind === 'star' || test.kind === 'tag') marks = true;
    else if (test.kind === 'problem') rules.add(test.rule.value);
    else if (test.kind === 'group-by') {
      addName(test.column);
      tasks = true;
    }
  }
  columns.forEach(addName);
  return { paths, computed, patterns, rules, problems, tasks, grouping: groupingOf(conditions), plan, marks };
}

function testsIn(condition: string): ReturnType<typeof testsOf> {
  let expression: Expression;
  try {
    expression = parseExpression(condition);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return [];
    throw error;
  }
  return testsOf(expression);
}
