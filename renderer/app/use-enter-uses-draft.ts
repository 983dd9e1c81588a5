import { useEffect } from 'react';
import { useView } from '../state/use-view.tsx';
import { isKey } from '../ui/key-press.ts';

/** Enter makes the draft a filter, unless it works the control that has the focus. */
export function useEnterUsesDraft(): void {
  const { view, dispatch } = useView();
  const hasDraft = view.draft !== null;
  useEffect(() => {
    if (!hasDraft) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !isKey('threshold.use', event) || isControl(event.target)) return;
      event.preventDefault();
      dispatch({ type: 'draft.use' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [hasDraft, dispatch]);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, input, select, textarea') !== null;
}
