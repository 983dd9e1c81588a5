import { useState, type KeyboardEvent } from 'react';

export interface HeldKey {
  /** Whether a key that is held repeats before what it did last is on screen: one step a frame is all that can be seen. */
  readonly isEarly: (event: KeyboardEvent) => boolean;
  /** To be called for each press that was taken. */
  readonly took: () => void;
}

/**
 * Keeps a held key from going faster than frames. Browsers give keys before they paint: where a step takes longer than keys repeat, nothing
 * would be painted until the key is let go.
 */
export function useHeldKey(): HeldKey {
  return useState(heldKey)[0];
}

function heldKey(): HeldKey {
  let isDue = false;
  return {
    isEarly: (event) => event.repeat && isDue,
    took() {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => (isDue = false));
    },
  };
}
