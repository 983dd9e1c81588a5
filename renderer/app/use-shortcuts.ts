import { useEffect } from 'react';
import { useView } from '../state/use-view.tsx';
import type { RailWidth } from '../state/view-state.ts';

const narrower: Readonly<Record<RailWidth, RailWidth>> = { spine: 'spine', narrow: 'spine', wide: 'narrow' };
const wider: Readonly<Record<RailWidth, RailWidth>> = { spine: 'narrow', narrow: 'wide', wide: 'wide' };

/** Keys that mean the same everywhere. Single letters are off while typing; a panel that uses a key keeps it. */
export function useShortcuts(rail: RailWidth): void {
  const { view, dispatch } = useView();

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const typing = isTyping(event.target);
      if (event.ctrlKey || event.metaKey) {
        if (event.key.toLowerCase() !== 'z' || typing) return;
        dispatch({ type: event.shiftKey ? 'filter.redo' : 'filter.undo' });
      } else if (event.key === 'Escape') {
        if (typing && event.target instanceof HTMLElement) event.target.blur();
        dispatch({ type: 'back' });
      } else if (typing || event.altKey) return;
      else if (event.key === '1') dispatch({ type: 'lens', lens: 'rollouts' });
      else if (event.key === '2') dispatch({ type: 'lens', lens: 'problems' });
      else if (event.key === 'e') dispatch({ type: 'lens', lens: 'export' });
      else if (event.key === '[') dispatch({ type: 'rail', rail: narrower[rail] });
      else if (event.key === ']') dispatch({ type: 'rail', rail: wider[rail] });
      else if (event.key === 'f') focus('[data-shortcut=filter]');
      else if (event.key === 't') {
        if (rail === 'spine') dispatch({ type: 'rail', rail: 'narrow' });
        // Once the rail is there.
        requestAnimationFrame(() => focus('[role=slider][data-side=min]'));
      } else if (event.key === 'Enter' && view.draft !== null && !isControl(event.target)) dispatch({ type: 'draft.use' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rail, view.draft, dispatch]);
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]') !== null
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, input, select') !== null;
}
