/**
 * Rows of one height in a scroll container, by arithmetic: nothing here grows with their number. Browsers cap an element's
 * height (Chromium near 33.5 million px), so beyond `maxHeight` the scrollbar stands for more than its own pixels.
 */
export interface ScrollLayout {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the part above the rows that stays in view. */
  readonly headHeight: number;
  readonly viewportHeight: number;
}

const maxHeight = 8_000_000;

/** Height in px of the element that holds the rows. */
export function bodyHeight({ count, rowHeight }: ScrollLayout): number {
  return Math.min(count * rowHeight, maxHeight);
}

/** Pixels of rows for a pixel of scrollbar: 1 unless the rows are too many. */
export function scrollScale(layout: ScrollLayout): number {
  const body = bodyHeight(layout);
  const seen = layout.viewportHeight - layout.headHeight;
  if (body === layout.count * layout.rowHeight || body <= seen) return 1;
  return (layout.count * layout.rowHeight - seen) / (body - seen);
}

/** Greatest offset of the rows, in row pixels. */
export function maxOffset({ count, rowHeight, headHeight, viewportHeight }: ScrollLayout): number {
  return Math.max(0, count * rowHeight - Math.max(0, viewportHeight - headHeight));
}

/** Rows in view at an offset, half-open, `overscan` more on both sides. */
export function rowsInView(offset: number, layout: ScrollLayout, overscan = 0): { start: number; end: number } {
  const { count, rowHeight, headHeight, viewportHeight } = layout;
  const start = Math.floor(offset / rowHeight) - overscan;
  const end = Math.ceil((offset + Math.max(0, viewportHeight - headHeight)) / rowHeight) + overscan;
  return { start: Math.min(count, Math.max(0, start)), end: Math.max(0, Math.min(count, end)) };
}

/** Rows that are ever in view at once: numbered modulo this, no two of them are alike, and none changes its number while it is seen. */
export function mostInView({ rowHeight, headHeight, viewportHeight }: Omit<ScrollLayout, 'count'>, overscan = 0): number {
  return Math.ceil(Math.max(0, viewportHeight - headHeight) / rowHeight) + 1 + 2 * overscan;
}

/** Rows of a window in the order of their numbers modulo `slots`, beginning with `turn`: where `turn` stays, so does the place of each number. */
export function inTurns({ start, end }: { start: number; end: number }, slots: number, turn: number): readonly number[] {
  const rows: number[] = [];
  for (let place = 0; place < slots; place++) {
    const row = start + ((((turn + place - start) % slots) + slots) % slots);
    if (row < end) rows.push(row);
  }
  return rows;
}

/** The least scrolled offset at which a row is wholly in view. */
export function offsetToSee(index: number, offset: number, layout: ScrollLayout): number {
  const { rowHeight, headHeight, viewportHeight } = layout;
  const top = index * rowHeight;
  const seen = Math.max(rowHeight, viewportHeight - headHeight);
  return Math.min(maxOffset(layout), Math.max(Math.min(offset, top), top + rowHeight - seen));
}
