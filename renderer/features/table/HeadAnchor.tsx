import { useLayoutEffect, useState, type Ref } from 'react';
import { headId } from './HeadCell.tsx';
import css from './Head.module.css';

/** In px of the row of heads. */
interface Place {
  readonly left: number;
  readonly top: number;
}

interface HeadAnchorProps {
  readonly at: Place;
  readonly ref?: Ref<HTMLSpanElement>;
}

/** Where what belongs to a head opens. It is no button, so the state that Mantine gives such a target is left out. */
export function HeadAnchor({ at, ref }: HeadAnchorProps) {
  return <span ref={ref} className={css.menuAnchor} style={at} />;
}

/** Below what was clicked, or below the head itself where the keys asked. `drawn`: whether the head is there; it may still come into view. */
export function useHeadAnchor(anchor: HTMLElement | null, column: number, drawn: boolean): Place | null {
  const [at, setAt] = useState<Place | null>(null);
  useLayoutEffect(() => {
    const element = anchor ?? document.getElementById(headId(column));
    const row = element?.closest<HTMLElement>('[role=row]');
    if (element === null || row === null || row === undefined) return;
    const [box, from] = [element.getBoundingClientRect(), row.getBoundingClientRect()];
    setAt({ left: box.left - from.left, top: Math.min(26, box.bottom - from.top) });
  }, [anchor, column, drawn]);
  return at;
}
