import { pressOf } from '../../ui/key-press.ts';
import { keyScopes, type KeyId, type KeyScope } from '../../ui/key-table.ts';

/** Scopes whose pane is on screen. */
export function scopesInView(): KeyScope[] {
  return keyScopes.filter((scope) => paneOf(scope) !== null);
}

/** Whether a key of a pane on screen does something as the pane stands: it says which do not (`data-keys-idle`). */
export function doesSomething(scope: KeyScope, id: KeyId): boolean {
  return paneOf(scope)?.dataset['keysIdle']?.split(' ').includes(id) !== true;
}

/** Does what a key of a pane does, by pressing it there: the pane alone knows how. */
export function pressIn(scope: KeyScope, id: KeyId): void {
  const pane = paneOf(scope);
  if (pane === null) return;
  pane.focus({ preventScroll: true });
  pane.dispatchEvent(new KeyboardEvent('keydown', { ...pressOf(id), bubbles: true, cancelable: true }));
}

function paneOf(scope: KeyScope): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-keys=${scope}]`);
}
