import type { Example } from './types.ts';

/** Numbers of examples, in arrays: of a million rollouts some 20 MB, where an object each would take some 200. */
export interface ExampleColumns {
  /** Rows of all examples, one behind another. */
  readonly rows: Uint32Array;
  /** Where the rows of each begin, and where the last ones end; undefined: each has one. */
  readonly starts?: Uint32Array | undefined;
  readonly bytes: Float64Array;
  readonly shapes: Uint16Array;
  /** `Good` of each, where they are labelled. */
  readonly goods?: Uint8Array | undefined;
  readonly margins?: Float64Array | undefined;
  /** As `rows`. */
  readonly rewards?: Float64Array | undefined;
}

export const Good = { unknown: 0, good: 1, bad: 2 } as const;

/** Rows to be written, in their order. None is an object until it is asked for. */
export class ExampleList implements Iterable<Example> {
  constructor(readonly columns: ExampleColumns) {}

  static of(examples: readonly Example[]): ExampleList {
    const starts = startsOf(Uint32Array.from(examples, ({ rows }) => rows.length));
    const rows = new Uint32Array(starts.at(-1) ?? 0);
    examples.forEach((example, i) => rows.set(example.rows, starts[i]));
    return new ExampleList({
      rows,
      starts,
      bytes: Float64Array.from(examples, ({ bytes }) => bytes),
      shapes: Uint16Array.from(examples, ({ shape }) => shape),
      ...(examples.some(({ good }) => good !== undefined) && { goods: Uint8Array.from(examples, goodOf) }),
      ...(examples.some(({ margin }) => margin !== undefined) && {
        margins: Float64Array.from(examples, ({ margin = Number.NaN }) => margin),
      }),
      ...(examples.some((each) => each.rewards) && { rewards: Float64Array.from(examples.flatMap((each) => each.rewards ?? [])) }),
    });
  }

  get length(): number {
    return this.columns.bytes.length;
  }

  /** Bytes of planned text of all of them. */
  get bytes(): number {
    return this.columns.bytes.reduce((sum, bytes) => sum + bytes, 0);
  }

  bytesAt(i: number): number {
    return this.columns.bytes[i] ?? 0;
  }

  shapeAt(i: number): number {
    return this.columns.shapes[i] ?? 0;
  }

  firstRowAt(i: number): number {
    const { rows, starts } = this.columns;
    return rows[starts ? (starts[i] ?? 0) : i] ?? 0;
  }

  rowsAt(i: number): Uint32Array {
    const { rows, starts } = this.columns;
    return starts ? rows.subarray(starts[i], starts[i + 1]) : rows.subarray(i, i + 1);
  }

  /** The first row of each. */
  firstRows(): Uint32Array {
    const { rows, starts } = this.columns;
    return starts ? Uint32Array.from(this.columns.bytes, (_, i) => this.firstRowAt(i)) : rows;
  }

  /** Clamped to none: fails with RangeError where there is no such example. */
  at(i: number): Example {
    if (!(i >= 0 && i < this.length)) throw new RangeError(`there is no example ${i}`);
    const { starts, goods, margins, rewards } = this.columns;
    const good = goods?.[i] ?? Good.unknown;
    const margin = margins?.[i];
    const [from, to] = starts ? [starts[i], starts[i + 1]] : [i, i + 1];
    return {
      rows: [...this.rowsAt(i)],
      bytes: this.bytesAt(i),
      shape: this.shapeAt(i),
      ...(good !== Good.unknown && { good: good === Good.good }),
      ...(margin !== undefined && { margin }),
      ...(rewards && { rewards: [...rewards.subarray(from, to)] }),
    };
  }

  *[Symbol.iterator](): Generator<Example> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** Those at [from, to), clamped, of the same memory. */
  range(from: number, to: number): ExampleList {
    const { rows, starts, bytes, shapes, goods, margins, rewards } = this.columns;
    return new ExampleList({
      // Starts are counted in all rows.
      rows: starts ? rows : rows.subarray(from, to),
      starts: starts?.subarray(from, to + 1),
      bytes: bytes.subarray(from, to),
      shapes: shapes.subarray(from, to),
      goods: goods?.subarray(from, to),
      margins: margins?.subarray(from, to),
      rewards: starts ? rewards : rewards?.subarray(from, to),
    });
  }

  /** Those at these places, in their order. */
  pick(places: Uint32Array): ExampleList {
    const { rows, starts, bytes, shapes, goods, margins, rewards } = this.columns;
    const taken = starts ? pickedRows(starts, places) : { rows: places, starts: undefined };
    return new ExampleList({
      rows: taken.rows.map((at) => rows[at] ?? 0),
      starts: taken.starts,
      bytes: Float64Array.from(places, (at) => bytes[at] ?? 0),
      shapes: Uint16Array.from(places, (at) => shapes[at] ?? 0),
      goods: goods && Uint8Array.from(places, (at) => goods[at] ?? 0),
      margins: margins && Float64Array.from(places, (at) => margins[at] ?? Number.NaN),
      rewards: rewards && Float64Array.from(taken.rows, (at) => rewards[at] ?? Number.NaN),
    });
  }

  filter(isKept: (i: number) => boolean): ExampleList {
    return this.pick(placesWhere(this.length, isKept));
  }

  withRewards(rewardOf: (row: number) => number): ExampleList {
    return new ExampleList({ ...this.columns, rewards: Float64Array.from(this.columns.rows, rewardOf) });
  }
}

/** Where each begins of what lies one behind another, and where the last one ends. */
export function startsOf(lengths: Uint32Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => (starts[i + 1] = (starts[i] ?? 0) + length));
  return starts;
}

/** The numbers below `count` that are kept, ascending. */
export function placesWhere(count: number, isKept: (i: number) => boolean): Uint32Array {
  const places = new Uint32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) if (isKept(i)) places[kept++] = i;
  return places.slice(0, kept);
}

/** How many rows there are in any of the lists, each counted once. */
export function countRows(lists: readonly ExampleList[], rowCount: number): number {
  const seen = new Uint8Array(rowCount);
  for (const { columns } of lists) for (const row of columns.rows) seen[row] = 1;
  return seen.reduce((sum, each) => sum + each, 0);
}

function goodOf({ good }: Example): number {
  return good === undefined ? Good.unknown : good ? Good.good : Good.bad;
}

/** Where the rows of the examples at `places` stand, and where each begins then. */
function pickedRows(starts: Uint32Array, places: Uint32Array): { rows: Uint32Array; starts: Uint32Array } {
  const begins = startsOf(places.map((at) => (starts[at + 1] ?? 0) - (starts[at] ?? 0)));
  const rows = new Uint32Array(begins.at(-1) ?? 0);
  places.forEach((at, i) => {
    const [from = 0, to = 0] = [starts[at], starts[at + 1]];
    for (let row = from; row < to; row++) rows[(begins[i] ?? 0) + row - from] = row;
  });
  return { rows, starts: begins };
}
