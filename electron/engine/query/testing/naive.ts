import type { Expression, Literal, Operand, Pattern, Test } from '#shared/model/expression/index.ts';
import type { MemoryRow } from './memory-index.ts';

/** What a row has besides its fields: figures of its group, its rank, and the facts that tests of whole rows ask. */
export interface NaiveFacts {
  readonly group?: Readonly<Record<string, unknown>>;
  readonly rank?: number;
  readonly tools?: readonly string[];
  readonly problems?: readonly string[];
  readonly text?: string;
  readonly star?: boolean;
  readonly tags?: readonly string[];
}

/** The language's meaning on plain objects, written as simply as can be: what the compiled evaluation is held against. */
export function naiveTruth(expression: Expression, row: MemoryRow, facts: NaiveFacts = {}): boolean {
  if (row === 'invalid') return false;
  switch (expression.kind) {
    case 'and':
      return expression.parts.every((part) => naiveTruth(part, row, facts));
    case 'or':
      return expression.parts.some((part) => naiveTruth(part, row, facts));
    case 'not':
      return !naiveTruth(expression.part, row, facts);
    case 'has-tool':
      return facts.tools?.includes(expression.name.value) === true;
    case 'problem':
      return facts.problems?.includes(expression.rule.value) === true;
    case 'text':
      return matches(facts.text ?? '', expression.pattern);
    case 'star':
      return facts.star === true;
    case 'tag':
      return facts.tags?.includes(expression.tag.value) === true;
    case 'group-by':
      return true;
    default:
      return naiveTest(expression, naiveValue(expression.operand, row, facts));
  }
}

/** Of an operand; what is computed is undefined where an input or the result is no finite number. */
function naiveValue(operand: Operand, row: Readonly<Record<string, unknown>>, facts: NaiveFacts): unknown {
  switch (operand.kind) {
    case 'column':
      return row[operand.name];
    case 'group':
      return facts.group?.[operand.figure];
    case 'rank':
      return facts.rank;
    case 'number':
      return operand.value;
    case 'negative':
      return finite([naiveValue(operand.part, row, facts)], ([x = 0]) => -x);
    case 'arithmetic': {
      const parts = [naiveValue(operand.left, row, facts), naiveValue(operand.right, row, facts)];
      return finite(parts, ([x = 0, y = 0]) => ({ '+': x + y, '-': x - y, '*': x * y, '/': x / y })[operand.sign]);
    }
    case 'call': {
      const round = (x: number): number => (x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5));
      const parts = operand.parts.map((part) => naiveValue(part, row, facts));
      const { log, abs, min, max } = Math;
      return finite(
        parts,
        (of) =>
          ({ round: round(of[0] ?? 0), log: log(of[0] ?? 0), abs: abs(of[0] ?? 0), min: min(...of), max: max(...of) })[operand.function],
      );
    }
  }
}

function finite(parts: readonly unknown[], compute: (parts: readonly number[]) => number): number | undefined {
  const numbers = parts.flatMap((part) => (typeof part === 'number' || typeof part === 'boolean' ? [Number(part)] : []));
  const result = numbers.length === parts.length ? compute(numbers) : Number.NaN;
  return Number.isFinite(result) ? result : undefined;
}

function matches(text: string, pattern: Pattern): boolean {
  return pattern.kind === 'contains'
    ? text.toLowerCase().includes(pattern.text.toLowerCase())
    : new RegExp(pattern.source, pattern.flags).test(text);
}

function naiveTest(test: Test, value: unknown): boolean {
  if (test.kind === 'missing') return value === undefined;
  if (test.kind === 'null') return value === null;
  if (value === undefined || value === null) return false;
  switch (test.kind) {
    case 'equal':
      return isEqual(value, test.value) !== test.negated;
    case 'order':
      return compare(value, test.value).some((sign) => ({ '<': sign < 0, '<=': sign <= 0, '>': sign > 0, '>=': sign >= 0 })[test.operator]);
    case 'between':
      return compare(value, test.low).some((sign) => sign >= 0) && compare(value, test.high).some((sign) => sign <= 0);
    case 'in':
      return test.values.some((each) => isEqual(value, each));
    case 'match':
      if (typeof value !== 'string') return false;
      return matches(value, test.pattern);
    case 'is-true':
      return value === true;
  }
}

function isEqual(value: unknown, literal: Literal): boolean {
  return literal.kind === 'boolean' ? value === literal.value : compare(value, literal).includes(0);
}

/** The sign of value - literal, or nothing where they cannot be compared. */
function compare(value: unknown, literal: Literal): number[] {
  if (literal.kind === 'string') {
    if (typeof value !== 'string') return [];
    const [a, b] = [Buffer.from(value, 'utf8'), Buffer.from(literal.value, 'utf8')]; // UTF-8 sorts as code points do
    return [Buffer.compare(a, b)];
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') return [];
  const [a, b] = [Number(value), Number(literal.value)];
  return a < b ? [-1] : a > b ? [1] : [0];
}
