import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Size of an element's content box in px, followed while it changes; `initial` before it is measured. */
export function useSize<E extends Element>(initial: {
  width: number;
  height: number;
}): {
  ref: RefObject<E | null>;
  width: number;
  height: number;
} {
  const ref = useRef<E>(null);
  const [size, setSize] = useState(initial);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize((now) => (now.width === width && now.height === height ? now : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
