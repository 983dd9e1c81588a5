import { CellKind } from '../index/types.ts';
import type { ColumnSource } from './fields.ts';
import { NO_TEXT_CODE } from './kernel-words.ts';
import type { SegmentColumn } from './segment.ts';

/** Some cells of one column as the kernel keeps them: arrays of one entry a cell, good until the kernel goes on. */
export interface CellBlock {
  readonly rows: Uint32Array;
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
  readonly codes: Uint32Array;
}

/** What is known of a column when its segment is done. */
export interface ColumnSummary {
  readonly source: ColumnSource;
  readonly rowCount: number;
  /** Whether any cell has a code. */
  readonly isCoded: boolean;
}

/**
 * Collects the cells of one column while a segment is scanned. Kept from segment to segment, because the first touch of
 * fresh memory is most of what storing a value costs.
 */
export class CellBuffer {
  private length = 0;
  private rows = new Uint32Array(64);
  private kinds = new Uint8Array(64);
  private values = new Float64Array(64);
  private codes = new Uint32Array(64);

  clear(): void {
    this.length = 0;
  }

  append({ rows, kinds, values, codes }: CellBlock): void {
    const at = this.length;
    this.length += rows.length;
    if (this.length > this.rows.length) this.grow();
    this.rows.set(rows, at);
    this.kinds.set(kinds, at);
    this.values.set(values, at);
    this.codes.set(codes, at);
  }

  /** All cells; the buffer is empty afterwards. */
  take({ source, rowCount, isCoded }: ColumnSummary): SegmentColumn {
    const { length } = this;
    this.length = 0;
    const kinds = this.kinds.subarray(0, length);
    const values = this.values.subarray(0, length);
    const codes = isCoded ? this.codes.subarray(0, length) : null;
    if (length === rowCount) return { source, rows: null, kinds: kinds.slice(), values: values.slice(), codes: codes && codes.slice() };
    const rows = this.rows.subarray(0, length);
    // A sparse cell costs 4 bytes more than a dense one.
    const isSparse = length * 13 < rowCount * 9;
    if (isSparse) return { source, rows: rows.slice(), kinds: kinds.slice(), values: values.slice(), codes: codes && codes.slice() };
    return {
      source,
      rows: null,
      kinds: spread(rows, kinds, new Uint8Array(rowCount).fill(CellKind.missing)),
      values: spread(rows, values, new Float64Array(rowCount)),
      codes: codes && spread(rows, codes, new Uint32Array(rowCount).fill(NO_TEXT_CODE)),
    };
  }

  private grow(): void {
    const capacity = Math.max(this.length, this.rows.length * 2);
    this.rows = enlarged(this.rows, new Uint32Array(capacity));
    this.kinds = enlarged(this.kinds, new Uint8Array(capacity));
    this.values = enlarged(this.values, new Float64Array(capacity));
    this.codes = enlarged(this.codes, new Uint32Array(capacity));
  }
}

type Cells = Uint32Array | Uint8Array | Float64Array;

function enlarged<T extends Cells>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** Puts every entry in the place of its row. */
function spread<T extends Cells>(rows: Uint32Array, from: T, into: T): T {
  for (let i = 0; i < rows.length; i++) into[rows[i] ?? 0] = from[i] ?? 0;
  return into;
}
