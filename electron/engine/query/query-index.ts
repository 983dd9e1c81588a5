import type { Severity } from '#shared/model/problem.ts';
import type { Operand, Pattern } from '#shared/model/expression/index.ts';
import type { Column, RowIndex } from '../index/types.ts';
import type { Bitset } from './bitset.ts';

/** What a query reads: rows and columns, and what the dataset knows of them besides (joined in ../select). */
export interface QueryIndex extends RowIndex {
  /** A figure over all rollouts of the row's task, its rank among them, or what is computed from columns; missing where there is none. */
  computed(operand: Operand): Column;
  /** The same work bit by bit. */
  computedInSteps(operand: Operand): Generator<void, Column>;
  readonly rowSets: RowSets;
}

/**
 * The rows that tests of whole rows keep; invalid lines may be among them. What takes long is made by `Dataset.prepare`:
 * asked before, a set fails with bad-input.
 */
export interface RowSets {
  /** Rules that `problemRows` takes. */
  problemRules(): readonly string[];
  problemRows(rule: string): Bitset;
  severityOf(rule: string): Severity;
  /** Rows in whose conversation the pattern is found. */
  textRows(pattern: Pattern): Bitset;
  starRows(): Bitset;
  tagRows(tag: string): Bitset;
}
