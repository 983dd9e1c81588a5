import { useCallback } from 'react';
import { useSteadyView } from '../state/use-view.tsx';
import { useSay } from './say.tsx';

/** Puts the link to what is shown into the clipboard, and says so. */
export function useCopyLink(): () => void {
  const { link } = useSteadyView();
  const say = useSay();
  return useCallback(() => {
    navigator.clipboard.writeText(link()).then(
      () => say('The link to this view was copied.'),
      () => say('The clipboard cannot be written.'),
    );
  }, [link, say]);
}
