import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Command } from './command.ts';

type Source = { readonly current: () => readonly Command[] };

/**
 * What the panes on screen can do. A pane offers what it has buttons and menus for, and the palette asks when it opens: neither
 * knows the other, and a pane that is not asked makes no list.
 */
class Offers {
  readonly #sources = new Set<Source>();

  add(source: Source): () => void {
    this.#sources.add(source);
    return () => void this.#sources.delete(source);
  }

  all(): Command[] {
    const known = new Map<string, Command>();
    for (const source of this.#sources) for (const command of source.current()) known.set(command.id, command);
    return [...known.values()];
  }
}

const OffersContext = createContext(new Offers());

export function OffersProvider({ children }: { children: ReactNode }) {
  const [offers] = useState(() => new Offers());
  return <OffersContext value={offers}>{children}</OffersContext>;
}

/** Offers commands while the component is on screen, as they stand when they are asked for. */
export function useOffers(make: () => readonly Command[]): void {
  const offers = useContext(OffersContext);
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
  });
  useEffect(() => offers.add(latest), [offers]);
}

/** All that is offered now; for the palette, which asks once it opens. */
export function useOffered(): readonly Command[] {
  const offers = useContext(OffersContext);
  const [all] = useState(() => offers.all());
  return all;
}
