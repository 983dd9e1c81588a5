import { useEffect, useRef, useState } from 'react';
import { useCall, type PageInput, type PageMethod, type PageOutput } from './client.tsx';
import { Latest, type Answer, type Pace } from './latest.ts';

export interface RequestOptions {
  /** Asks again when it changes although the input is the same: more rows have been read. */
  readonly version?: number;
  readonly pace?: Pace;
}

/**
 * The answer to a question that follows the view: latest wins, cancelled when the panel goes away, the previous value kept
 * meanwhile. A null input asks nothing. Inputs are compared by their JSON.
 */
export function useRequest<M extends PageMethod>(
  method: M,
  input: PageInput<M> | null,
  { version = 0, pace = 'replace' }: RequestOptions = {},
): Answer<PageOutput<M>> {
  const call = useCall();
  const [answer, setAnswer] = useState<Answer<PageOutput<M>>>({ value: undefined, error: null, loading: input !== null });
  const latest = useRef<Latest<PageInput<M>, PageOutput<M>> | null>(null);
  const key = input === null ? null : JSON.stringify(input);

  useEffect(() => {
    const current = new Latest<PageInput<M>, PageOutput<M>>({
      ask: (value, signal) => call(method, value, { signal }),
      tell: setAnswer,
      pace,
    });
    latest.current = current;
    return () => current.close();
  }, [call, method, pace]);

  useEffect(() => {
    latest.current?.want(input);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `input`, which is a new object at each render
  }, [key, version, call, method, pace]);

  return answer;
}
