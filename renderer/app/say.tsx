import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import css from './say.module.css';

const SayContext = createContext<(text: string) => void>(() => undefined);

/** Says a short sentence at the foot of the window for a moment: what came of something that shows nowhere else. */
export function useSay(): (text: string) => void {
  return useContext(SayContext);
}

const shownMs = 4000;

export function SayProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly text: string } | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useCallback((text: string) => setSaid({ text }), []);
  return (
    <SayContext value={say}>
      {children}
      <div className={css.place} role="status">
        {said !== null && <p>{said.text}</p>}
      </div>
    </SayContext>
  );
}
