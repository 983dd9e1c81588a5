import { useEffect, useRef, useState } from 'react';
import { Latest, type Answer, type Pace } from './latest.ts';

/**
 * Like useRequest, for an answer that takes more than one call or must say which question it belongs to.
 * `ask` has to be stable (useCallback); inputs are compared by their JSON.
 */
export function useLatest<I, T>(
  ask: (input: I, signal: AbortSignal) => Promise<T>,
  input: I | null,
  { version = 0, pace = 'replace' }: { readonly version?: number; readonly pace?: Pace } = {},
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
    latest.current?.want(input);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `input`, which is a new object at each render
  }, [key, version, ask, pace]);

  return answer;
}
