import type { KeyboardEvent } from 'react';
import { isKey } from './key-press.ts';

/** For what opens over the page: Escape closes it, and takes no step back in the view as well. */
export function keepEscape(event: KeyboardEvent): void {
  if (isKey('back', event)) event.stopPropagation();
}
