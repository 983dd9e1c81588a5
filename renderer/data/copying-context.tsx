import { createContext, useContext, useState, type Dispatch, type ReactNode } from 'react';
import type { LinesProgress } from '#shared/model/job.ts';

/** Rows that are being copied. */
export interface Copying {
  readonly rows: number;
  readonly progress: LinesProgress;
  readonly stop: () => void;
}

const CopyingContext = createContext<Copying | null>(null);
const TellContext = createContext<Dispatch<Copying | null>>(() => undefined);

/** The list tells how far copying is, and others say it, without the list being drawn again. */
export function CopyingProvider({ children }: { children: ReactNode }) {
  const [copying, tell] = useState<Copying | null>(null);
  return (
    <TellContext value={tell}>
      <CopyingContext value={copying}>{children}</CopyingContext>
    </TellContext>
  );
}

export function useCopying(): Copying | null {
  return useContext(CopyingContext);
}

/** Null: nothing is being copied. */
export function useTellCopying(): Dispatch<Copying | null> {
  return useContext(TellContext);
}
