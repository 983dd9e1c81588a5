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
    const measured = ({ width, height }: { width: number; height: number }): void =>
      setSize((now) => (now.width === width && now.height === height ? now : { width, height }));
    const observer = new ResizeObserver(([entry]) => entry !== undefined && measured(entry.contentRect));
    // At once, because the observer tells only after the first paint; where there is no layout (tests) there is nothing to measure.
    if (element.clientWidth > 0) measured({ width: element.clientWidth, height: element.clientHeight });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
