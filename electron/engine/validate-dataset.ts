import type { LinesProgress } from '#shared/model/job.ts';
import type { Problem } from '#shared/model/problem.ts';
import type { Validation } from '#shared/model/validation.ts';
import type { JobOptions } from './api.ts';
import type { FollowedDataset } from './followed-dataset.ts';
import { answerInSlices } from './jobs/index.ts';
import { type Means, readLines } from './prepare-dataset.ts';
import { countBits, rolloutBits } from './query/index.ts';
import { listProblems, needHashes, needLines, type ProblemOptions, requireRule, ruleCount, scannedRules } from './validate/index.ts';

interface Searched extends Pick<Means, 'index' | 'lines' | 'finder' | 'isColumn' | 'hashes' | 'isReading'> {
  /** Of the files, in order. */
  readonly names: readonly string[];
  readonly still: FollowedDataset['still'];
}

/** Dataset.validate: has read what the rules need, then searches. */
export async function validateDataset(
  searched: Searched,
  { rules, examples }: ProblemOptions,
  job: JobOptions<LinesProgress>,
): Promise<Validation> {
  const { index, names, finder, hashes, still } = searched;
  for (const id of rules ?? []) requireRule(id);
  if (needHashes(rules)) await hashes(job);
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

/** Dataset.problems. */
export async function listDatasetProblems(
  searched: Searched,
  job: JobOptions<LinesProgress>,
): Promise<{ problems: Problem[]; rules: number; asked: number }> {
  // To read lines a second time would hold up those that still come.
  const rules = searched.isReading() ? scannedRules : undefined;
  const { problems } = await validateDataset(searched, { rules }, job);
  return { problems, rules: ruleCount, asked: rules?.length ?? ruleCount };
}
