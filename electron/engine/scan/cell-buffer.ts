import { CellKind } from '../index/types.ts';
import type { ColumnSource } from './fields.ts';
import { NO_TEXT_CODE } from './kernel-words.ts';
import type { SegmentColumn } from './segment.ts';

/**
 * Collects the cells of one column while a segment is scanned. Kept from segment to segment, because the first touch of
 * fresh memory is most of what storing a value costs.
 */
export class CellBuffer {
  length = 0;
  /** Where the first cell lies in the file: columns are ordered by it. */
  firstOffset = 0;
  private rows = new Uint32Array(64);
  private kinds = new Uint8Array(64);
  private values = new Float64Array(64);
  private codes: Uint32Array | null = null;

  constructor(readonly source: ColumnSource) {}

  get firstRow(): number {
    return this.rows[0] ?? 0;
  }

  /** A second cell of a row replaces the first: the last of equal keys counts. */
  push(row: number, kind: number, value: number, code: number, offset: number): void {
    let at = this.length - 1;
    if (at < 0 || this.rows[at] !== row) {
      at = this.length++;
      if (at === 0) this.firstOffset = offset;
      if (at === this.rows.length) this.grow();
      this.rows[at] = row;
    }
    this.kinds[at] = kind;
    this.values[at] = value;
    if (code !== NO_TEXT_CODE) this.codes ??= new Uint32Array(this.rows.length).fill(NO_TEXT_CODE);
    if (this.codes !== null) this.codes[at] = code;
  }

  dropRow(row: number): void {
    if (this.length > 0 && this.rows[this.length - 1] === row) this.length--;
  }

  /** The cells of a segment of `rowCount` rows that began at row `firstRow`; the buffer is empty afterwards. */
  take(firstRow: number, rowCount: number): SegmentColumn {
    const { length, source } = this;
    this.length = 0;
    // A sparse cell costs 4 bytes more than a dense one.
    const isDense = length * 13 >= rowCount * 9;
    const column = isDense ? this.dense(length, firstRow, rowCount) : this.sparse(length, firstRow);
    this.codes = null;
    return { source, ...column };
  }

  private sparse(length: number, firstRow: number): Omit<SegmentColumn, 'source'> {
    const rows = this.rows.slice(0, length);
    for (let i = 0; i < length; i++) rows[i] = (rows[i] ?? 0) - firstRow;
    return { rows, kinds: this.kinds.slice(0, length), values: this.values.slice(0, length), codes: this.codes?.slice(0, length) ?? null };
  }

  private dense(length: number, firstRow: number, rowCount: number): Omit<SegmentColumn, 'source'> {
    if (length === rowCount) return { ...this.sparse(length, firstRow), rows: null };
    const kinds = new Uint8Array(rowCount).fill(CellKind.missing);
    const values = new Float64Array(rowCount);
    const codes = this.codes && new Uint32Array(rowCount).fill(NO_TEXT_CODE);
    for (let i = 0; i < length; i++) {
      const row = (this.rows[i] ?? 0) - firstRow;
      kinds[row] = this.kinds[i] ?? 0;
      values[row] = this.values[i] ?? 0;
      if (codes) codes[row] = this.codes?.[i] ?? NO_TEXT_CODE;
    }
    return { rows: null, kinds, values, codes };
  }

  private grow(): void {
    const length = this.rows.length * 2;
    this.rows = enlarged(this.rows, new Uint32Array(length));
    this.kinds = enlarged(this.kinds, new Uint8Array(length));
    this.values = enlarged(this.values, new Float64Array(length));
    if (this.codes) this.codes = enlarged(this.codes, new Uint32Array(length).fill(NO_TEXT_CODE));
  }
}

function enlarged<T extends Uint32Array | Uint8Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
