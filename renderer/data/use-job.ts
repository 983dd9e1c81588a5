import { useCallback, useState } from 'react';
import type { Progress } from '#shared/contract/index.ts';
import { useCall, type PageContract, type PageInput, type PageMethod, type PageOutput } from './client.tsx';
import type { Answer } from './latest.ts';
import { useLatest, type LatestOptions } from './use-latest.ts';

/** How far work is; null until that is known, and while nothing is under way. */
interface WithProgress<P> {
  readonly progress: P | null;
}

export interface JobAnswer<M extends PageMethod> extends Answer<PageOutput<M>>, WithProgress<Progress<PageContract, M>> {}

/** What work that says how far it is takes with it. */
export interface Telling<P> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: P) => void;
}

/** Like useLatest, for work that says how far it is. */
export function useProgress<I, P, T>(
  work: (input: I, telling: Telling<P>) => Promise<T>,
  input: I | null,
  options: LatestOptions = {},
): Answer<T> & WithProgress<P> {
  const [progress, setProgress] = useState<P | null>(null);
  const ask = useCallback(
    (asked: I, signal: AbortSignal) => {
      setProgress(null);
      return work(asked, { signal, onProgress: (next) => (signal.aborted ? undefined : setProgress(() => next)) });
    },
    [work],
  );
  const answer = useLatest(ask, input, options);
  return { ...answer, progress: answer.loading ? progress : null };
}

/** Like useRequest, for what takes long and says how far it is. */
export function useJob<M extends PageMethod>(method: M, input: PageInput<M> | null, options: LatestOptions = {}): JobAnswer<M> {
  const call = useCall();
  const work = useCallback(
    (asked: PageInput<M>, telling: Telling<Progress<PageContract, M>>) => call(method, asked, telling),
    [call, method],
  );
  return useProgress(work, input, options);
}
