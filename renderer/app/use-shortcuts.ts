import { useEffect } from 'react';
import { keyIn } from '../ui/key-press.ts';
import { keyEntry, type EverywhereId, type KeyId } from '../ui/key-table.ts';
import type { Actions } from './use-actions.ts';

/**
 * Keys that mean the same everywhere. Single letters are off while typing, and so are undo and redo, which are the field's; a panel
 * that uses a key keeps it. Esc first leaves the field.
 */
export function useShortcuts(actions: Partial<Actions>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const id = keyIn('everywhere', event);
      if (id === null || !isEverywhere(id)) return;
      const typing = isTyping(event.target);
      if (typing && id === 'back' && event.target instanceof HTMLElement) event.target.blur();
      else if (typing && !((event.ctrlKey || event.metaKey) && id !== 'undo' && id !== 'redo')) return;
      const run = actions[id];
      if (run === undefined || run === null) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions]);
}

function isEverywhere(id: KeyId): id is EverywhereId {
  return keyEntry(id).scope === 'everywhere';
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]') !== null
  );
}
