import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { bodyHeight, inTurns, maxOffset, mostInView, offsetToSee, rowsInView, scrollScale, type ScrollLayout } from './scaled-scroll.ts';
import { useSize } from './use-size.ts';
import { useStill } from './use-still.ts';

export interface RowWindow {
  /** Goes on the scrolling element. */
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly width: number;
  /** Rows to draw, half-open. */
  readonly start: number;
  readonly end: number;
  /** Rows that a page down skips. */
  readonly pageRows: number;
  readonly bodyHeight: number;
  /** The rows to draw, in the order of their elements. */
  readonly drawn: readonly number[];
  /** A key for the elements of a row: one that scrolls out of view gives them to one that scrolls in. */
  readonly keyOf: (index: number) => number;
  /** Goes on an element in the body that holds all rows: of many rows it is that which moves with the wheel, and they keep their places. */
  readonly shift: { readonly transform: string } | undefined;
  /** Where a row stands in there, in px. */
  readonly topOf: (index: number) => number;
  /** Scrolls as little as it takes. */
  readonly reveal: (index: number) => void;
  readonly toTop: () => void;
  /** The row at the upper edge. */
  readonly first: number;
  /** Scrolls by so many rows. */
  readonly shiftBy: (rows: number) => void;
}

/** Rows drawn above and below: what a browser scrolls into view before the page hears of it. Where the page itself moves the rows, that is next to none. */
const overscanOf = (scale: number): number => (scale === 1 ? 8 : 1);
/** Rows are placed from the last multiple of so many, so that their pixels are numbers that a browser draws exactly. */
const rowsApart = 8192;
/** Rows that move stay where they are among their siblings until they rest: an element that is put elsewhere is laid out anew. */
const restMs = 150;
const top = { scrollTop: 0, offset: 0 };

/** The rows in view of a list with rows of one height; see ./scaled-scroll. */
export function useRowWindow({ count, rowHeight, headHeight }: Omit<ScrollLayout, 'viewportHeight'>): RowWindow {
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 1136, height: 800 });
  const [scroll, setScroll] = useState(top);
  const layout: ScrollLayout = { count, rowHeight, headHeight, viewportHeight: height };
  const scale = scrollScale(layout);
  // Where the last wheel turn or key led: scrollTop keeps too few digits to say which row that was.
  const exact = useRef(top);
  const current = useRef({ layout, scale });
  useLayoutEffect(() => {
    current.current = { layout, scale };
  });

  const moveTo = useCallback(
    (offset: number) => {
      const element = ref.current;
      if (element === null) return;
      const now = current.current;
      const next = Math.min(maxOffset(now.layout), Math.max(0, offset));
      element.scrollTop = next / now.scale;
      exact.current = { scrollTop: element.scrollTop, offset: next };
      setScroll(exact.current);
    },
    [ref],
  );
  const offsetNow = useCallback((): number => {
    const { scrollTop } = ref.current ?? top;
    return Math.abs(scrollTop - exact.current.scrollTop) < 1 ? exact.current.offset : scrollTop * current.current.scale;
  }, [ref]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const scrolled = (): void => {
      const next = { scrollTop: element.scrollTop, offset: offsetNow() };
      exact.current = next;
      setScroll((now) => {
        const still =
          current.current.scale === 1
            ? Math.floor(now.offset / rowHeight) === Math.floor(next.offset / rowHeight)
            : now.offset === next.offset && now.scrollTop === next.scrollTop;
        return still ? now : next;
      });
    };
    // A notch of the wheel moves rows, not scrollbar pixels, however many rows a scrollbar pixel stands for.
    const wheeled = (event: WheelEvent): void => {
      if (current.current.scale === 1 || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? height : 1;
      moveTo(offsetNow() + event.deltaY * unit);
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('wheel', wheeled, { passive: false });
    return () => {
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('wheel', wheeled);
    };
  }, [ref, rowHeight, height, moveTo, offsetNow]);

  const overscan = overscanOf(scale);
  const slots = mostInView(layout, overscan);
  const offset = Math.min(scroll.offset, maxOffset(layout));
  const rows = rowsInView(offset, layout, overscan);
  const from = scale === 1 ? 0 : Math.floor(rows.start / rowsApart) * rowsApart;
  const turn = rows.start % slots;
  const still = useStill(rows.start, restMs);
  const [restedTurn, setRestedTurn] = useState(turn);
  if (still && restedTurn !== turn) setRestedTurn(turn);
  return {
    ref,
    width,
    ...rows,
    drawn: inTurns(rows, slots, restedTurn),
    keyOf: (index) => index % slots,
    pageRows: Math.max(1, Math.floor((height - headHeight) / rowHeight) - 1),
    bodyHeight: bodyHeight(layout),
    shift: scale === 1 ? undefined : { transform: `translateY(${scroll.scrollTop - offset + from * rowHeight}px)` },
    topOf: (index) => (index - from) * rowHeight,
    reveal: useCallback((index: number) => moveTo(offsetToSee(index, offsetNow(), current.current.layout)), [moveTo, offsetNow]),
    toTop: useCallback(() => moveTo(0), [moveTo]),
    first: Math.floor(offset / rowHeight),
    shiftBy: useCallback((rows: number) => moveTo(offsetNow() + rows * rowHeight), [moveTo, offsetNow, rowHeight]),
  };
}
