import { useLayoutEffect, useRef, useState } from 'react';

type Functions = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * The same functions for as long as the component is there, which do what those of its latest render do: what they are handed to need
 * not be drawn again because they closed over something new. For handlers of events, not for what is called while drawing.
 */
export function useSteady<T extends Functions>(functions: T): T {
  const latest = useRef(functions);
  useLayoutEffect(() => {
    latest.current = functions;
  });
  const [steady] = useState(() => {
    const names = Object.keys(functions) as (keyof T)[]; // of a literal
    return Object.fromEntries(names.map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)])) as T;
  });
  return steady;
}
