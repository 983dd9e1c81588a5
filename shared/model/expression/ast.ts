/** Figures of a row's task that an expression may name: `group.mean` of the reward, `group.mean(tokens)` of what stands there. */
export const groupFigures = ['mean', 'min', 'max', 'std', 'count', 'size', 'signal', 'passed', 'missing'] as const;
/** Of rollouts, whatever they were given: of no metric. */
export const wholeFigures: ReadonlySet<string> = new Set(['size', 'missing']);
/** `pass@4`: as Gym has it for one task. */
export type GroupFigure = (typeof groupFigures)[number] | `pass@${number}`;

/** Where a piece was written: UTF-16 offsets [start, end) in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const arithmeticSigns = ['+', '-', '*', '/'] as const;
export type ArithmeticSign = (typeof arithmeticSigns)[number];
export const functionNames = ['abs', 'min', 'max', 'round', 'log'] as const;
export type FunctionName = (typeof functionNames)[number];

/**
 * What a condition is about: a column, a figure of the row's task over all its rollouts, the row's `rank in group`, or a
 * number computed from them. A number that stands for itself occurs only inside such a computation.
 */
export type Operand = Span &
  (
    | { readonly kind: 'column'; readonly name: string }
    /** Of the reward where nothing else is named. */
    | { readonly kind: 'group'; readonly figure: GroupFigure; readonly of?: Operand }
    | { readonly kind: 'rank' }
    | { readonly kind: 'number'; readonly value: number; readonly text: string }
    | { readonly kind: 'negative'; readonly part: Operand }
    | { readonly kind: 'arithmetic'; readonly sign: ArithmeticSign; readonly left: Operand; readonly right: Operand }
    | { readonly kind: 'call'; readonly function: FunctionName; readonly parts: readonly Operand[] }
  );

/** `text` of a number is its digits as written: float64 cannot hold every integer a file may have. */
export type NumberLiteral = Span & { readonly kind: 'number'; readonly value: number; readonly text: string };
export type StringLiteral = Span & { readonly kind: 'string'; readonly value: string };
export type BooleanLiteral = Span & { readonly kind: 'boolean'; readonly value: boolean };
export type Literal = NumberLiteral | StringLiteral | BooleanLiteral;
/** Values that have an order. */
export type OrderedLiteral = NumberLiteral | StringLiteral;

export const orderOperators = ['<', '<=', '>', '>='] as const;
export type OrderOperator = (typeof orderOperators)[number];

/** `contains` ignores case. */
export type Pattern = Span &
  ({ readonly kind: 'regex'; readonly source: string; readonly flags: string } | { readonly kind: 'contains'; readonly text: string });

/** A test of one operand. A value that is missing or null passes none of them but `missing` and `null`. */
export type Test = Span & { readonly operand: Operand } & (
    | { readonly kind: 'equal'; readonly negated: boolean; readonly value: Literal }
    | { readonly kind: 'order'; readonly operator: OrderOperator; readonly value: OrderedLiteral }
    | { readonly kind: 'between'; readonly low: OrderedLiteral; readonly high: OrderedLiteral }
    | { readonly kind: 'in'; readonly values: readonly Literal[] }
    | { readonly kind: 'match'; readonly pattern: Pattern }
    | { readonly kind: 'is-true' }
    | { readonly kind: 'missing' }
    | { readonly kind: 'null' }
  );

/** A test of the whole row: a tool it calls, a finding, its conversation, its review marks. */
export type RowTest = Span &
  (
    | { readonly kind: 'has-tool'; readonly name: StringLiteral }
    | { readonly kind: 'problem'; readonly rule: StringLiteral }
    | { readonly kind: 'text'; readonly pattern: Pattern }
    | { readonly kind: 'star' }
    | { readonly kind: 'tag'; readonly tag: StringLiteral }
    /** True of every row: it says what makes rollouts one task, the values of a column, or `prompt`: equal requests. */
    | { readonly kind: 'group-by'; readonly column: string }
  );

/** The span of a part in parentheses includes them. */
export type Expression =
  | Test
  | RowTest
  | (Span & { readonly kind: 'not'; readonly part: Expression })
  | (Span & { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] });
