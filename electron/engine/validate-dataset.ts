import type { Validation } from '#shared/model/validation.ts';
import type { JobOptions, PrepareProgress } from './api.ts';
import type { FollowedDataset } from './followed-dataset.ts';
import { answerInSlices } from './jobs/index.ts';
import { type Means, readLines } from './prepare-dataset.ts';
import { countBits, rolloutBits } from './query/index.ts';
import { listProblems, needHashes, needLines, type ProblemOptions, requireRule } from './validate/index.ts';

interface Searched extends Pick<Means, 'index' | 'lines' | 'finder' | 'isColumn' | 'hashes'> {
  /** Of the files, in order. */
  readonly names: readonly string[];
  readonly still: FollowedDataset['still'];
}

/** Dataset.validate: has read what the rules need, then searches. */
export async function validateDataset(
  searched: Searched,
  { rules, examples }: ProblemOptions,
  job: JobOptions<PrepareProgress>,
): Promise<Validation> {
  const { index, names, finder, hashes, still } = searched;
  for (const id of rules ?? []) requireRule(id);
  if (needHashes(rules)) await hashes(job.signal);
  return await still(async () => {
    if (needLines(rules)) await readLines(searched, { paths: new Set(), patterns: [], odd: true }, job);
    const { signal, client } = job;
    const problems = await answerInSlices(listProblems({ index, names, finder }, { rules, examples }), {
      ...(signal && { signal }),
      ...(client && { client }),
    });
    return { rows: countBits(rolloutBits(index)), problems };
  });
}
