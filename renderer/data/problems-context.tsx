import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { LinesProgress } from '#shared/model/job.ts';
import type { PageOutput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import type { Answer } from './latest.ts';
import { useJob } from './use-job.ts';

export type Problems = PageOutput<'problems.list'>;

/** The search for problems, which may go through all lines. */
export interface ProblemSearch {
  readonly running: boolean;
  /** How far lines have been gone through; null while none are. */
  readonly progress: LinesProgress | null;
  /** Taken back by the user: what was found before stays, and nothing more is looked for. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly goOn: () => void;
}

const ProblemsContext = createContext<Answer<Problems> | null>(null);
const SearchContext = createContext<ProblemSearch | null>(null);

/** What is wrong with the dataset, worst first, as far as it is known. */
export function useProblems(): Answer<Problems> {
  const problems = useContext(ProblemsContext);
  if (problems === null) throw new Error('useProblems needs a ProblemsProvider');
  return problems;
}

/** How the search for problems goes; changes ten times a second while it does. */
export function useProblemSearch(): ProblemSearch {
  const search = useContext(SearchContext);
  if (search === null) throw new Error('useProblemSearch needs a ProblemsProvider');
  return search;
}

/** Asks for the problems once, however many panes show them. */
export function ProblemsProvider({ children }: { children: ReactNode }) {
  const { dataset, version, isBlank } = useDataset();
  const [stopped, setStopped] = useState(false);
  const asked = isBlank ? null : { dataset };
  const { value, error, loading, progress } = useJob('problems.list', asked, { version, pace: 'settle', held: stopped });

  const found = useMemo(() => ({ value, error, loading }), [value, error, loading]);
  const stop = useCallback(() => setStopped(true), []);
  const goOn = useCallback(() => setStopped(false), []);
  const search = useMemo(() => ({ running: loading, progress, stopped, stop, goOn }), [loading, progress, stopped, stop, goOn]);
  return (
    <ProblemsContext value={found}>
      <SearchContext value={search}>{children}</SearchContext>
    </ProblemsContext>
  );
}
