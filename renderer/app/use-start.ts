import { useEffect, useRef, useState } from 'react';
import type { PageOutput } from '../data/client.tsx';
import type { Session } from '../data/use-session.ts';

const storageKey = 'rollscope.open';

/**
 * Opens at the start what was open before the page was loaded anew, else what the command line named. A grant that is no
 * longer known, because the server was started again, is forgotten without a word. True until it is known whether something
 * opens: the open screen would only flash.
 */
export function useStart(info: PageOutput<'shell.info'> | undefined, { grants, state, error, open }: Session): boolean {
  const [isStarting, setStarting] = useState(true);
  const started = useRef<'no' | 'again' | 'named'>('no');

  useEffect(() => {
    if (info === undefined) return;
    if (started.current === 'named') {
      if (error !== null) setStarting(false);
      return;
    }
    const named = info.open.map(({ grant }) => grant);
    const before = readGrants();
    if (started.current === 'no' && before.length > 0) {
      started.current = 'again';
      open(before);
      return;
    }
    if (started.current === 'again' && error === null) return;
    started.current = 'named';
    if (named.length > 0) open(named);
    else setStarting(false);
  }, [info, error, open]);

  useEffect(() => {
    if (state !== null) {
      setStarting(false);
      window.sessionStorage.setItem(storageKey, JSON.stringify(grants));
    } else if (started.current === 'named') window.sessionStorage.removeItem(storageKey);
  }, [state, grants]);

  return isStarting;
}

function readGrants(): string[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((grant): grant is string => typeof grant === 'string') : [];
  } catch {
    return [];
  }
}
