import type { ColumnKind } from '#shared/model/column.ts';
import { NO_TEXT_CODE } from '../scan/kernel-words.ts';
import type { SegmentColumn } from '../scan/segment.ts';
import { Dictionary } from './dictionary.ts';
import { CellKind } from './types.ts';

/** Added to a CellKind: the text lies in the file, the value is its offset. Without it the value is a code of the dictionary. */
export const IN_FILE = 0x10;

/** Cells of one segment, laid out as in SegmentColumn; `kinds` may have IN_FILE, `values` hold codes where it is absent. */
export interface StoredPart {
  readonly rows: Uint32Array | null;
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
}

/** One value of a column. */
export interface StoredCell {
  readonly kind: CellKind;
  readonly isInFile: boolean;
  readonly value: number;
}

const missing: StoredCell = { kind: CellKind.missing, isInFile: false, value: 0 };

/** Gives the dictionary code of a text of the segment, or undefined where it must stay in the file. */
export type CodeMapper = (segmentCode: number) => number | undefined;

/** Cells of a segment, ready to be added. */
export interface PreparedPart {
  readonly part: StoredPart;
  readonly counts: Uint32Array;
  readonly textsInFile: number;
}

const kindCount = Object.keys(CellKind).length;

/** The cells of one column: 9 bytes a cell, a part for every segment that has any, and a dictionary of short texts. */
export class StoredColumn {
  readonly dictionary = new Dictionary();
  readonly parts: (StoredPart | undefined)[] = [];
  /** Cells of each CellKind. */
  private readonly counts = new Float64Array(kindCount);
  private textsInFile = 0;

  /** Takes over the arrays of a segment's column, which must not be used by others afterwards. It shows nothing of them yet. */
  prepare({ rows, kinds, values, codes }: SegmentColumn, mapCode: CodeMapper): PreparedPart {
    const counts = new Uint32Array(kindCount);
    const usable = codes !== null && mostlyCoded(kinds, codes) ? codes : null;
    let textsInFile = 0;
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i] ?? 0;
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (kind !== CellKind.string && kind !== CellKind.exact) continue;
      const code = usable === null ? undefined : mapCode(usable[i] ?? 0);
      if (code !== undefined) values[i] = code;
      else {
        kinds[i] = kind | IN_FILE;
        if (kind === CellKind.string) textsInFile++;
      }
    }
    return { part: { rows, kinds, values }, counts, textsInFile };
  }

  add(segment: number, { part, counts, textsInFile }: PreparedPart): void {
    this.parts[segment] = part;
    for (let kind = 0; kind < kindCount; kind++) this.counts[kind] = (this.counts[kind] ?? 0) + (counts[kind] ?? 0);
    this.textsInFile += textsInFile;
  }

  /** Whether the column holds anything a table can show: fields that only ever hold objects or lists are no columns. */
  get hasScalars(): boolean {
    return this.nulls + this.count(CellKind.boolean) + this.numbers + this.count(CellKind.string) > 0;
  }

  /** Whether every text of the column is in its dictionary. */
  get isDictionary(): boolean {
    return this.textsInFile === 0;
  }

  get hasStrings(): boolean {
    return this.count(CellKind.string) > 0;
  }

  get hasNumbers(): boolean {
    return this.numbers + this.count(CellKind.boolean) > 0;
  }

  get nulls(): number {
    return this.count(CellKind.null);
  }

  /** Cells that are not null. */
  get present(): number {
    return this.counts.reduce((sum, n) => sum + n, 0) - this.nulls - this.count(CellKind.missing);
  }

  /** Of the values that are there; mixed where there are several kinds, or none. */
  get kind(): ColumnKind {
    const { present } = this;
    if (present === 0) return 'mixed';
    if (this.numbers === present) return 'number';
    if (this.count(CellKind.boolean) === present) return 'boolean';
    return this.count(CellKind.string) === present ? 'string' : 'mixed';
  }

  /** The cell of a row, counted within its segment. */
  cell(segment: number, row: number): StoredCell {
    const part = this.parts[segment];
    if (!part) return missing;
    const at = part.rows === null ? row : indexOf(part.rows, row);
    const kind = at < 0 ? undefined : part.kinds[at];
    if (kind === undefined) return missing;
    return { kind: plainKind(kind), isInFile: (kind & IN_FILE) !== 0, value: part.values[at] ?? 0 };
  }

  private count(kind: CellKind): number {
    return this.counts[kind] ?? 0;
  }

  private get numbers(): number {
    return this.count(CellKind.number) + this.count(CellKind.exact);
  }
}

/** Where most texts have no code the column is too varied for a dictionary: the few codes are not worth looking up. */
function mostlyCoded(kinds: Uint8Array, codes: Uint32Array): boolean {
  let balance = 0;
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === CellKind.string) balance += codes[i] === NO_TEXT_CODE ? -1 : 1;
  return balance >= 0;
}

const plainKinds: readonly CellKind[] = Object.values(CellKind);

function plainKind(kind: number): CellKind {
  return plainKinds[kind & ~IN_FILE] ?? CellKind.missing;
}

/** Where a number stands in an ascending array, or -1. */
function indexOf(sorted: Uint32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
