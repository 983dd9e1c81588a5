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

/** Answers that are compared one with another; more are put into a set. */
const fewAnswers = 16;

/** 1 for each task whose rollouts were all asked the same and all answered otherwise: any two of them may be a pair. */
export const plainTasks = untilGrown((index: DatasetIndex): Uint8Array => {
  const tasks = index.tasks();
  const { prompt, tools, answer } = hashIdentity(index);
  const plain = new Uint8Array(tasks.count);
  const isPlain = (rows: Uint32Array): boolean => {
    const first = rows[0]!;
    for (let i = 1; i < rows.length; i++) if (prompt(rows[i]!) !== prompt(first) || tools(rows[i]!) !== tools(first)) return false;
    if (rows.length > fewAnswers) return new Set(Array.from(rows, answer)).size === rows.length;
    for (let i = 1; i < rows.length; i++) for (let j = 0; j < i; j++) if (answer(rows[i]!) === answer(rows[j]!)) return false;
    return true;
  };
  for (let task = 0; task < tasks.count; task++) if (isPlain(tasks.rowsOf(task))) plain[task] = 1;
  return plain;
});
