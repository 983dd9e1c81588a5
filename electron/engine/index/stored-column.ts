import type { ColumnKind } from '#shared/model/column.ts';
import { NO_TEXT_CODE } from '../scan/kernel-words.ts';
import type { SegmentColumn } from '../scan/segment.ts';
import type { Stored, StoredFields } from '../saved/index.ts';
import { Dictionary, type DictionaryMark } from './dictionary.ts';
import { type PackedTexts, readTexts, savedTexts } from './packed-texts.ts';
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
  /** Of saved cells: what they bring to the dictionary. */
  readonly saved?: { readonly texts: PackedTexts; readonly mark: DictionaryMark };
}

const kindCount = Object.keys(CellKind).length;

/** The cells of one column: 9 bytes a cell, a part for every segment that has any, and a dictionary of short texts. */
export class StoredColumn {
  readonly dictionary = new Dictionary();
  readonly parts: (StoredPart | undefined)[] = [];
  /** The dictionary after each part. */
  private readonly marks: (DictionaryMark | undefined)[] = [];
  /** Cells of each CellKind. */
  private readonly counts = new Float64Array(kindCount);
  private textsInFile = 0;

  /** Takes over the arrays of a segment's column, which must not be used by others afterwards. It shows nothing of them yet. */
  prepare({ rows, kinds, values, codes }: SegmentColumn, mapCode: CodeMapper): PreparedPart {
    const counts = countKinds(kinds);
    const hasTexts = (counts[CellKind.string] ?? 0) + (counts[CellKind.exact] ?? 0) > 0;
    const textsInFile = hasTexts ? nameTexts(kinds, values, codes && mostlyCoded(kinds, codes) ? codes : null, mapCode) : 0;
    return { part: { rows, kinds, values }, counts, textsInFile };
  }

  add(segment: number, { part, counts, textsInFile, saved }: PreparedPart): void {
    if (saved) this.dictionary.restore(saved.texts, saved.mark);
    this.parts[segment] = part;
    this.marks[segment] = this.dictionary.mark;
    for (let kind = 0; kind < kindCount; kind++) this.counts[kind] = (this.counts[kind] ?? 0) + (counts[kind] ?? 0);
    this.textsInFile += textsInFile;
  }

  /** Takes a part out again, before another one is put in its place. Its texts stay in the dictionary. */
  remove(segment: number): void {
    const part = this.parts[segment];
    if (!part) return;
    this.parts[segment] = undefined;
    const { counts, textsInFile } = countsOf(part);
    for (let kind = 0; kind < kindCount; kind++) this.counts[kind] = (this.counts[kind] ?? 0) - (counts[kind] ?? 0);
    this.textsInFile -= textsInFile;
  }

  /** What `prepareSaved` makes the part of a segment from; undefined where it has none. */
  save(segment: number): Stored | undefined {
    const part = this.parts[segment];
    const mark = this.marks[segment];
    if (!part || !mark) return undefined;
    const { rows, kinds, values } = part;
    const { counts, textsInFile } = countsOf(part);
    const known = this.markBefore(segment)?.length ?? 0;
    const texts = savedTexts(this.dictionary.values.slice(known, mark.length));
    return { rows, kinds, values, counts, textsInFile, texts, ...mark };
  }

  /** Lengths are checked, cells taken as they are. Fails with BrokenSave. */
  prepareSaved(fields: StoredFields, rowCount: number): PreparedPart {
    const rows = fields.isNull('rows') ? null : fields.words('rows');
    const cells = rows === null ? rowCount : rows.length;
    const part = { rows, kinds: fields.bytes('kinds', cells), values: fields.floats('values', cells) };
    const texts = readTexts(fields.object('texts'));
    const length = this.dictionary.mark.length + texts.ends.length;
    const mark = { length: fields.count('length', length, length), asked: fields.count('asked'), isClosed: fields.flag('isClosed') };
    return { part, counts: fields.words('counts', kindCount), textsInFile: fields.count('textsInFile', cells), saved: { texts, mark } };
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

  /** Rows that have a cell, in order. */
  *rows(places: { firstRow(segment: number): number }): Generator<number, void> {
    for (const [segment, part] of this.parts.entries()) {
      if (!part) continue;
      const first = places.firstRow(segment);
      for (const [at, kind] of part.kinds.entries()) if (plainKind(kind) !== CellKind.missing) yield first + (part.rows?.[at] ?? at);
    }
  }

  private markBefore(segment: number): DictionaryMark | undefined {
    for (let before = segment - 1; before >= 0; before--) if (this.marks[before]) return this.marks[before];
    return undefined;
  }

  private count(kind: CellKind): number {
    return this.counts[kind] ?? 0;
  }

  private get numbers(): number {
    return this.count(CellKind.number) + this.count(CellKind.exact);
  }
}

function countsOf({ kinds }: StoredPart): { counts: Uint32Array; textsInFile: number } {
  const counts = new Uint32Array(kindCount);
  let textsInFile = 0;
  for (const kind of kinds) {
    const plain = kind & ~IN_FILE;
    counts[plain] = (counts[plain] ?? 0) + 1;
    if (kind === (CellKind.string | IN_FILE)) textsInFile++;
  }
  return { counts, textsInFile };
}

/** A loop of its own: columns of numbers need no other. */
function countKinds(kinds: Uint8Array): Uint32Array {
  const counts = new Uint32Array(kindCount);
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Writes codes of the dictionary in the place of offsets, or IN_FILE where a text has none. How many strings stay in the file. */
function nameTexts(kinds: Uint8Array, values: Float64Array, codes: Uint32Array | null, mapCode: CodeMapper): number {
  let textsInFile = 0;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] ?? 0;
    if (kind !== CellKind.string && kind !== CellKind.exact) continue;
    const code = codes === null ? undefined : mapCode(codes[i] ?? 0);
    if (code !== undefined) values[i] = code;
    else {
      kinds[i] = kind | IN_FILE;
      if (kind === CellKind.string) textsInFile++;
    }
  }
  return textsInFile;
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
