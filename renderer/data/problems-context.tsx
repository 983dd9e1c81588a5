import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { LinesProgress } from '#shared/model/job.ts';
import { useCall, type PageOutput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import type { Answer } from './latest.ts';
import { useLatest } from './use-latest.ts';

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
  const call = useCall();
  const { dataset, version, isBlank } = useDataset();
  const [progress, setProgress] = useState<LinesProgress | null>(null);
  const [stopped, setStopped] = useState(false);
  const [known, setKnown] = useState<Problems>();
  const ask = useCallback(
    async (asked: string, signal: AbortSignal) => {
      setProgress(null);
      const onProgress = (next: LinesProgress): void => (signal.aborted ? undefined : setProgress(next));
      return await call('problems.list', { dataset: asked }, { signal, onProgress });
    },
    [call],
  );
  const { value, error, loading } = useLatest(ask, isBlank || stopped ? null : dataset, { version, pace: 'settle' });
  if (value !== undefined && value !== known) setKnown(value);

  const found = useMemo(() => ({ value: known, error, loading }), [known, error, loading]);
  const stop = useCallback(() => setStopped(true), []);
  const goOn = useCallback(() => setStopped(false), []);
  const shown = loading ? progress : null;
  const search = useMemo(() => ({ running: loading, progress: shown, stopped, stop, goOn }), [loading, shown, stopped, stop, goOn]);
  return (
    <ProblemsContext value={found}>
      <SearchContext value={search}>{children}</SearchContext>
    </ProblemsContext>
  );
}
