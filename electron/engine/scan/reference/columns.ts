import { CellKind } from '../../index/types.ts';
import { type ColumnSource, declareFields } from '../fields.ts';
import { NO_TEXT_CODE } from '../kernel-words.ts';
import type { SegmentColumn } from '../segment.ts';

/** One value of a row. */
export interface ReferenceCell {
  readonly kind: CellKind;
  /** As in SegmentColumn. */
  readonly value: number;
  readonly code: number;
  /** In the file; columns are ordered by those of their first cells. */
  readonly offset: number;
}

/** What a scanner has room for: 4,095 nodes, most of them for the fields it finds, and 512 KiB of their names. */
export const mostFields = 4095 - declaredNodes();
const mostNameBytes = 1 << 19;
/** Keys of more bytes have no column. */
const longestKey = 1 << 16;

/** The columns of a segment, cell by cell. Which fields there are is remembered from segment to segment. */
export class ReferenceColumns {
  /** Keys that found no room. */
  droppedKeys = 0;
  private readonly fields = new Set<string>();
  private nameBytes = 0;
  private columns = new Map<string, Column>();

  /** Whether a key has room for a column. `keyBytes`: its length as the line writes it. */
  hasRoom({ scope, key }: ColumnSource, keyBytes: number): boolean {
    const name = `${scope}:${key}`;
    if (this.fields.has(name)) return true;
    if (this.fields.size >= mostFields || keyBytes > longestKey || this.nameBytes + keyBytes > mostNameBytes) {
      this.droppedKeys++;
      return false;
    }
    this.fields.add(name);
    this.nameBytes += keyBytes;
    return true;
  }

  /** A second cell of a row replaces the first: the last of equal keys counts. */
  put(row: number, source: ColumnSource, cell: ReferenceCell): void {
    const name = `${source.scope}:${source.key}`;
    const column = this.columns.get(name) ?? { source, rows: [], cells: [] };
    this.columns.set(name, column);
    if (column.rows.at(-1) === row) column.cells.pop();
    else column.rows.push(row);
    column.cells.push(cell);
  }

  /** All columns in the order in which their fields first appear; they are empty afterwards. */
  take(rowCount: number): SegmentColumn[] {
    const columns = [...this.columns.values()].sort(
      (a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0) || (a.cells[0]?.offset ?? 0) - (b.cells[0]?.offset ?? 0),
    );
    this.columns = new Map();
    return columns.map((column) => segmentColumn(column, rowCount));
  }
}

interface Column {
  readonly source: ColumnSource;
  readonly rows: number[];
  readonly cells: ReferenceCell[];
}

/** Sparse where that is smaller: its cells take 4 bytes more each. */
function segmentColumn({ source, rows, cells }: Column, rowCount: number): SegmentColumn {
  const isDense = cells.length * 13 >= rowCount * 9;
  const length = isDense ? rowCount : cells.length;
  const kinds = new Uint8Array(length).fill(CellKind.missing);
  const values = new Float64Array(length);
  const codes = cells.some(({ code }) => code !== NO_TEXT_CODE) ? new Uint32Array(length).fill(NO_TEXT_CODE) : null;
  cells.forEach((cell, i) => {
    const at = isDense ? (rows[i] ?? 0) : i;
    kinds[at] = cell.kind;
    values[at] = cell.value;
    if (codes) codes[at] = cell.code;
  });
  return { source, rows: isDense ? null : Uint32Array.from(rows), kinds, values, codes };
}

function declaredNodes(): number {
  let nodes = 0;
  declareFields({ define: () => ++nodes, setElement() {}, setFactNodes() {} });
  return nodes;
}
