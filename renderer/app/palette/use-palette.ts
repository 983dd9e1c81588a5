import { useState, useSyncExternalStore } from 'react';

export interface PaletteState {
  readonly opened: boolean;
  readonly query: string;
  /** What stands in the empty line. */
  readonly placeholder: string;
}

const usual = 'Search text, line, task, command';
export const linkPlaceholder = 'Paste a link to a view';

/**
 * Whether the palette is open, and what is typed, which it remembers. It is kept beside the page's own state: opening it and typing
 * must not draw the page behind it.
 */
export class PaletteControl {
  #state: PaletteState = { opened: false, query: '', placeholder: usual };
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PaletteState => this.#state;

  /** With a beginning of a query, or the last one. */
  readonly open = (query = this.#state.query, placeholder = usual): void => this.#set({ opened: true, query, placeholder });

  readonly setQuery = (query: string): void => this.#set({ ...this.#state, query });

  readonly close = (): void => this.#set({ ...this.#state, opened: false });

  #set(state: PaletteState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** One for as long as the component lives. */
export function usePalette(): PaletteControl {
  const [control] = useState(() => new PaletteControl());
  return control;
}

export function usePaletteState(control: PaletteControl): PaletteState {
  return useSyncExternalStore(control.subscribe, control.state);
}
