import type { LinesProgress } from '#shared/model/job.ts';

/** What lines are gone through for. */
export const linesPassNames: Readonly<Record<LinesProgress['pass'], string>> = {
  hashes: 'Telling prompts and answers apart',
  lines: 'Looking through the lines',
  texts: 'Reading texts',
};
