import { useMemo } from 'react';
import { toAppError } from '#shared/errors.ts';
import { useCall, type PageOutput } from '../data/client.tsx';
import { useSay } from './say.tsx';

/** The system's dialog for files or a folder; null in the browser, which has none for the machine that serves. */
export function useChoose(
  info: PageOutput<'shell.info'> | undefined,
  open: (grants: readonly string[]) => void,
): ((folder: boolean) => void) | null {
  const call = useCall();
  const say = useSay();
  const isDesktop = info?.shell === 'desktop';
  return useMemo(() => {
    if (!isDesktop) return null;
    return (folder) =>
      void call('shell.chooseFiles', { folder }).then(
        (chosen) => chosen !== null && open([chosen.grant]),
        (thrown: unknown) => say(toAppError(thrown).message),
      );
  }, [isDesktop, call, open, say]);
}
