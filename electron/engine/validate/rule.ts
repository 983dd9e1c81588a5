import type { Severity } from '#shared/model/problem.ts';
import type { OddRows } from '../odd-json/index.ts';
import type { Bitset } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';

/** What a finding means and how to mend it. */
export interface Rule {
  /** `family/kebab-case`; scripts rely on it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** What a rule found in the rollouts of an index. */
export interface Findings {
  /** Rollouts with a finding. */
  readonly rows: Bitset;
  /** Findings, where they are not one a row: of a group there is one, whatever its size. */
  readonly count?: number;
  /** What is wrong with one of the rows, in a few words. */
  message(row: number): string;
  /** Path inside the row, where it is not the same for all. */
  at?(row: number): string | undefined;
}

/**
 * A rule that is decided from columns, without building objects. Searching yields now and then, so that the caller may do
 * other things; it looks at invalid lines too, which are left out of what it found.
 */
export interface ColumnRule extends Rule {
  /** Path inside the row. */
  readonly at?: string;
  /** Whether it compares prompts or answers: it can be asked only of an index that `isHashed`. */
  readonly needsHashes?: true;
  /** Whether it is decided by the bytes of lines: what `odd` knows of no row is not found in it. */
  readonly needsLines?: true;
  search(index: DatasetIndex, odd: OddRows): Generator<void, Findings>;
}

/** The search of a rule that one pass over dense arrays decides. */
export function* once(find: () => Findings): Generator<void, Findings> {
  yield;
  return find();
}
