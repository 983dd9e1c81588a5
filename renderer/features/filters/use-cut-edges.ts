import { useEffect, useState, type RefObject } from 'react';

/** At which ends a row that scrolls sideways goes on beyond what is seen. */
export function useCutEdges(ref: RefObject<HTMLElement | null>, key: unknown): { left: boolean; right: boolean } {
  const [cut, setCut] = useState({ left: false, right: false });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const look = (): void => {
      const [left, right] = [element.scrollLeft > 1, element.scrollLeft + element.clientWidth < element.scrollWidth - 1];
      setCut((last) => (last.left === left && last.right === right ? last : { left, right }));
    };
    look();
    const sizes = new ResizeObserver(look);
    for (const each of [element, ...element.children]) sizes.observe(each);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [ref, key]);
  return cut;
}
