import { useCallback, useState } from 'react';
import type { Progress } from '#shared/contract/index.ts';
import { useCall, type PageContract, type PageInput, type PageMethod, type PageOutput } from './client.tsx';
import type { Answer } from './latest.ts';
import { useLatest, type LatestOptions } from './use-latest.ts';

export interface JobAnswer<M extends PageMethod> extends Answer<PageOutput<M>> {
  /** How far it is; null until that is known, and while nothing is under way. */
  readonly progress: Progress<PageContract, M> | null;
}

/** Like useRequest, for what takes long and says how far it is. */
export function useJob<M extends PageMethod>(method: M, input: PageInput<M> | null, options: LatestOptions = {}): JobAnswer<M> {
  const call = useCall();
  const [progress, setProgress] = useState<Progress<PageContract, M> | null>(null);
  const ask = useCallback(
    (asked: PageInput<M>, signal: AbortSignal) => {
      setProgress(null);
      const onProgress = (next: Progress<PageContract, M>): void => (signal.aborted ? undefined : setProgress(next));
      return call(method, asked, { signal, onProgress });
    },
    [call, method],
  );
  const answer = useLatest(ask, input, options);
  return { ...answer, progress: answer.loading ? progress : null };
}
