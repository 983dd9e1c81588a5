import type { KeyboardEvent } from 'react';

/** For what opens over the page: Escape closes it, and takes no step back in the view as well. */
export function keepEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation();
}
