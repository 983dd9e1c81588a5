import type { Cell } from '#shared/model/cell.ts';
import type { ColumnInfo, ColumnKind } from '#shared/model/column.ts';
import type { Source } from '../source/index.ts';
import { denseCodes, denseKinds, denseNumbers } from './dense.ts';
import type { DenseCache } from './dense-cache.ts';
import { oneLine, previewJson, previewString, readDigits, readString, shorten, type TextPlace } from './file-text.ts';
import type { Places } from './places.ts';
import type { StoredCell, StoredColumn } from './stored-column.ts';
import { InFilePieces } from './text-pieces.ts';
import { CellKind, type Column, type TextPieces } from './types.ts';

/** What the columns of an index share. */
export interface ColumnContext {
  readonly places: Places;
  readonly sources: readonly Source[];
  readonly cache: DenseCache;
  version(): number;
  /** Valid rows. */
  rolloutCount(): number;
}

const inFile = 'Texts that are long or hardly repeat stay in the file: to sort or count by them takes longer.';

const isBytes = (array: object): array is Uint8Array => array instanceof Uint8Array;
const isNumbers = (array: object): array is Float64Array => array instanceof Float64Array;
const isCodes = (array: object): array is Uint32Array => array instanceof Uint32Array;

/** A stored column under a public name. */
export class ColumnView implements Column {
  readonly name: string;
  readonly derived: boolean;
  private readonly emptyKind: ColumnKind;

  /** `emptyKind`: what the column is said to hold while it holds nothing. */
  constructor(
    private readonly stored: StoredColumn,
    private readonly context: ColumnContext,
    { name, derived, emptyKind = 'mixed' }: { name: string; derived: boolean; emptyKind?: ColumnKind },
  ) {
    this.name = name;
    this.derived = derived;
    this.emptyKind = emptyKind;
  }

  info(): ColumnInfo {
    const { name, derived, stored } = this;
    const { present, nulls } = stored;
    const kind = present === 0 ? this.emptyKind : stored.kind;
    const missing = this.context.rolloutCount() - present - nulls;
    return { name, kind, derived, present, nulls, missing, ...(!stored.isDictionary && { note: inFile }) };
  }

  kinds(): Uint8Array {
    return this.dense('kinds', isBytes, () => denseKinds(this.stored, this.context.places));
  }

  numbers(): Float64Array {
    const exactInFile = (row: number, offset: number): number => Number(readDigits(this.textPlace(row, offset)));
    return this.dense('numbers', isNumbers, () => denseNumbers(this.stored, this.context.places, exactInFile));
  }

  codes(): { codes: Uint32Array; values: readonly string[] } | null {
    const { stored } = this;
    if (!stored.isDictionary) return null;
    return { codes: this.dense('codes', isCodes, () => denseCodes(stored, this.context.places)), values: stored.dictionary.values };
  }

  pieces(): TextPieces {
    return new InFilePieces(this.stored, this.context);
  }

  text(row: number): string | undefined {
    const cell = this.storedCell(row);
    if (cell.kind !== CellKind.string && cell.kind !== CellKind.exact) return undefined;
    if (!cell.isInFile) return this.stored.dictionary.values[cell.value];
    const place = this.textPlace(row, cell.value);
    return cell.kind === CellKind.string ? readString(place) : readDigits(place);
  }

  cell(row: number): Cell | undefined {
    const cell = this.storedCell(row);
    switch (cell.kind) {
      case CellKind.missing:
        return undefined;
      case CellKind.null:
        return null;
      case CellKind.boolean:
        return cell.value === 1;
      case CellKind.number:
        return cell.value;
      case CellKind.exact:
        return { exact: this.text(row) ?? '' };
      case CellKind.string:
        if (cell.isInFile) return previewString(this.textPlace(row, cell.value));
        return shorten(oneLine(this.stored.dictionary.values[cell.value] ?? ''));
      case CellKind.object:
      case CellKind.array:
        return { json: previewJson(this.textPlace(row, cell.value)) };
    }
  }

  private dense<T extends Uint8Array | Uint32Array | Float64Array>(name: string, isKept: (array: object) => array is T, make: () => T): T {
    return this.context.cache.get(this.context.version(), this.stored, name, isKept, make);
  }

  private storedCell(row: number): StoredCell {
    const { places } = this.context;
    const segment = places.segmentOf(row);
    return this.stored.cell(segment, row - places.firstRow(segment));
  }

  private textPlace(row: number, offset: number): TextPlace {
    const { file, end } = this.context.places.place(row);
    const source = this.context.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    return { source, offset, rowEnd: end };
  }
}
