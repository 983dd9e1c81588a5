import { createContext, useContext, useEffect, useState, type Dispatch, type ReactNode } from 'react';

/** Where the cursor stands in the list of rollouts. */
export interface ListPlace {
  /** From 0. */
  readonly index: number;
  readonly total: number;
  /** Rows that were picked out. */
  readonly marked: number;
}

const PlaceContext = createContext<ListPlace | null>(null);
const TellContext = createContext<Dispatch<ListPlace | null>>(() => undefined);

/** The list tells where it stands, and others say it, without the list being drawn again. */
export function PlaceProvider({ children }: { children: ReactNode }) {
  const [place, tell] = useState<ListPlace | null>(null);
  return (
    <TellContext value={tell}>
      <PlaceContext value={place}>{children}</PlaceContext>
    </TellContext>
  );
}

export function usePlace(): ListPlace | null {
  return useContext(PlaceContext);
}

/** Null: nowhere in the list. */
export function useTellPlace(index: number | null, total: number, marked = 0): void {
  const tell = useContext(TellContext);
  useEffect(() => {
    tell(index === null || index >= total ? null : { index, total, marked });
    return () => tell(null);
  }, [tell, index, total, marked]);
}
