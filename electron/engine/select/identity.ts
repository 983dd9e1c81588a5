import type { RowIndex } from '../index/types.ts';
import { untilGrown } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import type { RolloutIdentity } from './pairs.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for here.

/**
 * Tells rollouts apart by the hashes of the scan: what they were asked, with which tools, and what they answered but for its
 * ids. Rows that have no hash are alike: they have nothing there, or a value that no trainer reads.
 */
export const hashIdentity = untilGrown((index: RowIndex): RolloutIdentity => {
  const by = (hashes: Float64Array) => (row: number) => (Number.isNaN(hashes[row]!) ? -1 : hashes[row]!);
  return { prompt: by(index.hash('prompt')), tools: by(index.hash('tools')), answer: by(index.hash('answer')) };
});

/** What any two rollouts of a task have in common. */
export const likeness = {
  /** Some were asked otherwise than others. */
  mixed: 0,
  /** All were asked the same and all answered otherwise: any two may be a pair. */
  apart: 1,
  /** All were asked the same, and some answered the same. */
  someAlike: 2,
  /** All were asked the same and all answered the same: there are no pairs. */
  alike: 3,
} as const;

/** The likeness of the rollouts of each task; a task keeps being apart, or alike, whichever of them are left out. */
export const taskLikeness = untilGrown((index: DatasetIndex): Uint8Array => {
  const tasks = index.tasks();
  const { prompt, tools, answer } = hashIdentity(index);
  const answers = new Set<number>();
  const likenessOf = (rows: Uint32Array): number => {
    const first = rows[0]!;
    answers.clear();
    for (let i = 0; i < rows.length; i++) {
      if (prompt(rows[i]!) !== prompt(first) || tools(rows[i]!) !== tools(first)) return likeness.mixed;
      answers.add(answer(rows[i]!));
    }
    if (answers.size === rows.length) return likeness.apart;
    return answers.size === 1 ? likeness.alike : likeness.someAlike;
  };
  return Uint8Array.from({ length: tasks.count }, (_, task) => likenessOf(tasks.rowsOf(task)));
});
