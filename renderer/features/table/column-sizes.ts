import type { TableColumn } from './columns.ts';

/** Widths in px: what the user set, the rest of the room shared among the columns that grow. */
export function columnSizes(columns: readonly TableColumn[], set: Readonly<Record<string, number>>, room: number): Record<string, number> {
  const shown = columns.filter((column) => column.shown);
  const taken = shown.reduce((sum, { name, width }) => sum + (set[name] ?? width), 0);
  const growing = new Set(shown.filter(({ name, grow }) => grow > 0 && set[name] === undefined));
  const shares = [...growing].reduce((sum, { grow }) => sum + grow, 0);
  const spare = Math.max(0, room - taken);
  return Object.fromEntries(
    shown.map((column) => {
      const { name, width, grow } = column;
      return [name, set[name] ?? (growing.has(column) ? width + Math.floor((spare * grow) / shares) : width)];
    }),
  );
}

/** The same widths, narrowed alike where they do not fit: the list beside a rollout does not scroll sideways. */
export function fitSizes(sizes: Readonly<Record<string, number>>, room: number): Record<string, number> {
  const taken = Object.values(sizes).reduce((sum, width) => sum + width, 0);
  const scale = Math.min(1, room / Math.max(1, taken));
  return Object.fromEntries(Object.entries(sizes).map(([name, width]) => [name, scale === 1 ? width : Math.floor(width * scale)]));
}

/** A column as it lies in the table. */
export interface PlacedColumn {
  readonly column: TableColumn;
  /** Among the shown ones, from 0. */
  readonly at: number;
  readonly left: number;
  readonly width: number;
  /** It stays where it is when the others scroll sideways. The last of those has an edge. */
  readonly pin: 'one' | 'last' | undefined;
}

/** Width of the marks at the left of each row. */
export const gutter = 28;

/** Share of the room beyond which pinned columns scroll with the others: something else must be seen too. */
const mostPinned = 0.7;

/** Columns side by side, of a table of this `width` in this `room`: those that stay when it scrolls. */
export function pinColumns(columns: readonly Omit<PlacedColumn, 'at' | 'pin'>[], width: number, room: number): PlacedColumn[] {
  const isKept = ({ column, left, width: own }: (typeof columns)[number], at: number): boolean =>
    width > room && column.pinned && (left + own <= room * mostPinned || at === 0);
  const scrolls = columns.findIndex((column, at) => !isKept(column, at));
  const pinned = scrolls < 0 ? columns.length : scrolls;
  return columns.map((column, at) => ({ ...column, at, pin: at < pinned ? (at === pinned - 1 ? 'last' : 'one') : undefined }));
}

/** Columns are drawn and asked for in steps of this many px, so that scrolling sideways seldom asks. */
export const columnStep = 400;

/** Pinned columns, and those in view when scrolled by `scrollLeft`, with up to a step more on both sides. */
export function columnsInView(placed: readonly PlacedColumn[], scrollLeft: number, room: number): PlacedColumn[] {
  const from = (Math.floor(scrollLeft / columnStep) - 1) * columnStep;
  const to = (Math.ceil((scrollLeft + room) / columnStep) + 1) * columnStep;
  return placed.filter(({ left, width, pin }) => pin !== undefined || (left + width > from && left < to));
}
