import { limits } from '#shared/limits.ts';
import { CellKind } from '../../index/types.ts';
import { type ColumnSource, declareFields } from '../fields.ts';
import { NO_TEXT_CODE } from '../kernel-words.ts';
import { room } from '../partial.ts';
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

const declared = declaredFields();
/** Most nodes are for the fields that are found. */
export const mostFields = room.nodes - 1 - declared.nodes;

/** The columns of a segment, cell by cell. Which fields there are is remembered from segment to segment. */
export class ReferenceColumns {
  /** Keys that found no room; whoever reads a segment begins anew. */
  droppedKeys = 0;
  private readonly columns = new Map<ColumnSource['scope'], Map<string, Column>>();
  private fields = 0;
  private nameBytes = 0;

  constructor() {
    for (const source of declared.sources) this.columnOf(source);
  }

  /** Whether a key that is not too long would still get a column. */
  get isOpen(): boolean {
    return this.fields < mostFields && this.nameBytes + limits.keyBytes <= room.nameBytes;
  }

  /** All fields there are, in any segment so far. */
  known(): ColumnSource[] {
    return [...this.columns].flatMap(([scope, columns]) => [...columns.keys()].map((key) => ({ scope, key })));
  }

  /** Whether a key has room for a column. `keyBytes`: its length as the line writes it. */
  hasRoom({ scope, key }: ColumnSource, keyBytes: number): boolean {
    if (this.columns.get(scope)?.has(key)) return true;
    if (this.fields >= mostFields || keyBytes > limits.keyBytes || this.nameBytes + keyBytes > room.nameBytes) {
      this.droppedKeys++;
      return false;
    }
    this.fields++;
    this.nameBytes += keyBytes;
    this.columnOf({ scope, key });
    return true;
  }

  put(row: number, source: ColumnSource, cell: ReferenceCell): void {
    this.columnOf(source).put(row, cell);
  }

  /** All columns in the order in which their fields first appear; they are empty afterwards. */
  take(rowCount: number): SegmentColumn[] {
    const filled = [...this.columns.values()].flatMap((columns) => [...columns.values()].filter(({ firstRow }) => firstRow !== undefined));
    filled.sort((a, b) => (a.firstRow ?? 0) - (b.firstRow ?? 0) || a.firstOffset - b.firstOffset);
    return filled.map((column) => column.take(rowCount));
  }

  private columnOf(source: ColumnSource): Column {
    const columns = this.columns.get(source.scope) ?? new Map<string, Column>();
    const column = columns.get(source.key) ?? new Column(source);
    this.columns.set(source.scope, columns);
    columns.set(source.key, column);
    return column;
  }
}

class Column {
  firstOffset = 0;
  private rows: number[] = [];
  private kinds: number[] = [];
  private values: number[] = [];
  private codes: number[] = [];
  private hasCodes = false;

  constructor(private readonly source: ColumnSource) {}

  get firstRow(): number | undefined {
    return this.rows[0];
  }

  /** A second cell of a row replaces the first: the last of equal keys counts. */
  put(row: number, { kind, value, code, offset }: ReferenceCell): void {
    const last = this.rows.length - 1;
    const at = this.rows[last] === row ? last : last + 1;
    if (at === 0) this.firstOffset = offset;
    this.rows[at] = row;
    this.kinds[at] = kind;
    this.values[at] = value;
    this.codes[at] = code;
    this.hasCodes ||= code !== NO_TEXT_CODE;
  }

  /** Sparse where that is smaller: its cells take 4 bytes more each. */
  take(rowCount: number): SegmentColumn {
    const { rows } = this;
    const isDense = rows.length * 13 >= rowCount * 9;
    const length = isDense ? rowCount : rows.length;
    const kinds = new Uint8Array(length).fill(CellKind.missing);
    const values = new Float64Array(length);
    const codes = this.hasCodes ? new Uint32Array(length).fill(NO_TEXT_CODE) : null;
    rows.forEach((row, i) => {
      const at = isDense ? row : i;
      kinds[at] = this.kinds[i] ?? CellKind.missing;
      values[at] = this.values[i] ?? 0;
      if (codes) codes[at] = this.codes[i] ?? NO_TEXT_CODE;
    });
    this.rows = [];
    this.kinds = [];
    this.values = [];
    this.codes = [];
    this.hasCodes = false;
    return { source: this.source, rows: isDense ? null : Uint32Array.from(rows), kinds, values, codes };
  }
}

/** The fields that have room before any line is read. */
function declaredFields(): { nodes: number; sources: ColumnSource[] } {
  const defined: { parent: number; name: string }[] = [];
  const define = (parent: number, name: string | symbol): number => defined.push({ parent, name: String(name) });
  const { parents } = declareFields({ define, setElement() {}, setFactColumn() {}, setMessages() {} });
  const sources = defined.flatMap(({ parent, name }) => {
    const scope = parents.get(parent);
    return scope === undefined ? [] : [{ scope, key: name }];
  });
  return { nodes: defined.length, sources };
}
