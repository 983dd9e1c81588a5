import { useEffect, useRef, useState } from 'react';

/** A number that changes often, followed at most every `everyMs`; its first change from 0, and all once it is `final`, at once. */
export function usePaced(value: number, everyMs: number, final: boolean): number {
  const [held, setHeld] = useState(value);
  const heldAt = useRef(-Infinity);
  const paced = final || held === 0 ? value : held;

  useEffect(() => {
    if (paced === value) {
      // What is shown at once counts as the last change.
      if (held === value) return undefined;
      heldAt.current = performance.now();
      setHeld(value);
      return undefined;
    }
    const timer = setTimeout(
      () => {
        heldAt.current = performance.now();
        setHeld(value);
      },
      heldAt.current + everyMs - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [value, paced, held, everyMs]);

  return paced;
}
