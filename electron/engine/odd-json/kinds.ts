/** What valid JSON may hold that readers take in different ways, or change without a word. */
export const oddKinds = ['lone-surrogate', 'duplicate-key', 'beyond-float64'] as const;
export type OddKind = (typeof oddKinds)[number];

/** Of a line: one bit for each kind that it holds. */
export function oddBit(kind: OddKind): number {
  return 1 << oddKinds.indexOf(kind);
}

/** What lines of a block hold; lines are counted from 0. */
export interface OddFound {
  /** Lines with anything odd, ascending, and for each the bits of its kinds. */
  readonly lines: readonly number[];
  readonly bits: readonly number[];
  /** How often each kind was found, in the order of `oddKinds`. */
  readonly counts: readonly number[];
}

/** What is known of the rows of an index. */
export interface OddRows {
  /** Rows that have been looked at: the first so many. */
  readonly known: number;
  /** Whether those are all there are. */
  readonly isWhole: boolean;
  has(kind: OddKind, row: number): boolean;
  /** Findings in all rows that are known. */
  count(kind: OddKind): number;
}

/** Of an index none of whose lines were looked at. */
export const noOddRows: OddRows = { known: 0, isWhole: false, has: () => false, count: () => 0 };
