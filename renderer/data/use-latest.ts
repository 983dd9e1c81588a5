import { useEffect, useRef, useState } from 'react';
import { Latest, type Answer, type Pace } from './latest.ts';

export interface LatestOptions {
  /** Asks again when it changes although the input is the same: more rows have been read. */
  readonly version?: number;
  readonly pace?: Pace;
  /** Taken back by the user: nothing is asked, and the answer there is stays. */
  readonly held?: boolean;
}

/**
 * Like useRequest, for an answer that takes more than one call or must say which question it belongs to.
 * `ask` has to be stable (useCallback); inputs are compared by their JSON.
 */
export function useLatest<I, T>(
  ask: (input: I, signal: AbortSignal) => Promise<T>,
  input: I | null,
  { version = 0, pace = 'replace', held = false }: LatestOptions = {},
): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: undefined, error: null, loading: input !== null });
  const latest = useRef<Latest<I, T> | null>(null);
  const key = JSON.stringify(input);

  useEffect(() => {
    const current = new Latest<I, T>({ ask, tell: setAnswer, pace });
    latest.current = current;
    return () => current.close();
  }, [ask, pace]);

  useEffect(() => {
    if (held) latest.current?.hold();
    else latest.current?.want(input);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `input`, which is a new object at each render
  }, [key, version, ask, pace, held]);

  return held && answer.loading ? { ...answer, loading: false } : answer;
}
