import { useEffect, useState } from 'react';

/** Whether a value has stayed the same for so long. What it is at first counts as that. */
export function useStill(value: unknown, ms: number): boolean {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (value === rested) return undefined;
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, rested, ms]);
  return value === rested;
}
