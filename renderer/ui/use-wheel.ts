import { useEffect, useRef, type RefObject } from 'react';

/** Px of scrolling that double or halve what is seen. */
const doubling = 400;

/** Tells of the wheel over an element, which then scrolls nothing: at which share of the width, and by what factor. */
export function useWheel(ref: RefObject<HTMLElement | null>, onWheel: (position: number, factor: number) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const listen = (event: WheelEvent): void => {
      if (event.deltaY === 0 || event.shiftKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 40 : event.deltaY;
      latest.current((event.clientX - box.left) / box.width, 2 ** (-pixels / doubling));
    };
    // React listens passively, and could not keep the pane from scrolling.
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [ref]);
}
