import { useEffect, useState, type RefObject } from 'react';

/** How far an element is scrolled sideways, in steps of so many px: whoever draws by it is drawn again once a step. */
export function useScrollLeft(ref: RefObject<HTMLElement | null>, step: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const scrolled = (): void => setLeft(Math.floor(element.scrollLeft / step) * step);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, [ref, step]);
  return left;
}
