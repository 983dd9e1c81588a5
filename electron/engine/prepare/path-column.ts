import type { Cell } from '#shared/model/cell.ts';
import type { ColumnInfo, ColumnKind } from '#shared/model/column.ts';
import { type JsonObject, type JsonValue, writeJson } from '#shared/model/json.ts';
import { Dictionary } from '../index/dictionary.ts';
import { oneLine, shorten } from '../index/file-text.ts';
import { CellKind, type Column, NO_CODE } from '../index/types.ts';
import type { LineFact } from './line-fact.ts';
import { follow, type PathCells, rowKeys, textOf } from './path-values.ts';

/** A nested path as a column, filled row by row. Texts that its dictionary does not take are read from their lines again. */
export class PathColumn implements Column, LineFact {
  readonly derived = false;
  done = 0;
  private readonly keys: readonly (string | number)[];
  private readonly dictionary = new Dictionary();
  private hasAllTexts = true;
  private kindOf = new Uint8Array(0);
  private numberOf = new Float64Array(0);
  /** Codes of texts and of the digits of exact numbers. */
  private codeOf = new Uint32Array(0);
  private readonly counts = new Float64Array(Object.keys(CellKind).length);

  /** `readRollout` reads a line again. */
  constructor(
    readonly name: string,
    private readonly readRollout: (row: number) => JsonObject,
  ) {
    this.keys = rowKeys(name);
  }

  /** Whether any rollout has it. */
  get isThere(): boolean {
    return this.done > 0 && this.present + this.count(CellKind.null) > 0;
  }

  reserve(rows: number): void {
    if (this.kindOf.length >= rows) return;
    const room = Math.max(rows, this.kindOf.length * 2);
    const [kinds, numbers, codes] = [this.kindOf, this.numberOf, this.codeOf];
    this.kindOf = new Uint8Array(room);
    this.numberOf = new Float64Array(room).fill(Number.NaN);
    this.codeOf = new Uint32Array(room).fill(NO_CODE);
    this.kindOf.set(kinds);
    this.numberOf.set(numbers);
    this.codeOf.set(codes);
  }

  /** Takes what a block of rows holds; of those that are `unread` nothing is known. */
  take(rows: Uint32Array, cells: PathCells, unread: readonly number[]): void {
    this.counts[CellKind.missing] = this.count(CellKind.missing) + rows.length - unread.length - cells.lines.length;
    cells.lines.forEach((line, i) => this.put(rows[line] ?? 0, cells.kinds[i] ?? CellKind.missing, cells.numbers[i], cells.texts[i]));
  }

  private put(row: number, kind: CellKind, number = Number.NaN, text = ''): void {
    this.kindOf[row] = kind;
    this.counts[kind] = this.count(kind) + 1;
    this.numberOf[row] = number;
    if (kind !== CellKind.string && kind !== CellKind.exact) return;
    const code = this.dictionary.codeOf(text);
    if (code === undefined) this.hasAllTexts = false;
    else this.codeOf[row] = code;
  }

  info(): ColumnInfo {
    const nulls = this.count(CellKind.null);
    return { name: this.name, kind: this.kind, derived: false, present: this.present, nulls, missing: this.count(CellKind.missing) };
  }

  kinds(): Uint8Array {
    return this.kindOf.subarray(0, this.done);
  }

  numbers(): Float64Array {
    return this.numberOf.subarray(0, this.done);
  }

  codes(): { codes: Uint32Array; values: readonly string[] } | null {
    if (!this.hasAllTexts) return null;
    const codes = this.codeOf.subarray(0, this.done);
    // Digits of exact numbers are no texts.
    if (this.count(CellKind.exact) === 0) return { codes, values: this.dictionary.values };
    return { codes: codes.map((code, row) => (this.kindOf[row] === CellKind.string ? code : NO_CODE)), values: this.dictionary.values };
  }

  text(row: number): string | undefined {
    const kind = this.kindOf[row];
    if (kind !== CellKind.string && kind !== CellKind.exact) return undefined;
    const known = this.dictionary.values[this.codeOf[row] ?? NO_CODE];
    return known ?? textOf(this.value(row));
  }

  cell(row: number): Cell | undefined {
    const kind = this.kindOf[row];
    switch (kind) {
      case undefined:
      case CellKind.missing:
        return undefined;
      case CellKind.null:
        return null;
      case CellKind.boolean:
        return this.numberOf[row] === 1;
      case CellKind.number:
        return this.numberOf[row];
      case CellKind.exact:
        return { exact: this.text(row) ?? '' };
      case CellKind.string:
        return shorten(oneLine(this.text(row) ?? ''));
      default:
        return { json: shorten(writeJson(this.value(row))) };
    }
  }

  private value(row: number): JsonValue | undefined {
    return follow(this.readRollout(row), this.keys);
  }

  private get kind(): ColumnKind {
    const { present } = this;
    if (present === 0) return 'mixed';
    if (this.count(CellKind.number) + this.count(CellKind.exact) === present) return 'number';
    if (this.count(CellKind.boolean) === present) return 'boolean';
    return this.count(CellKind.string) === present ? 'string' : 'mixed';
  }

  private get present(): number {
    return this.counts.reduce((sum, count) => sum + count, 0) - this.count(CellKind.null) - this.count(CellKind.missing);
  }

  private count(kind: CellKind): number {
    return this.counts[kind] ?? 0;
  }
}

/** What a column of this name holds in a row, nested values whole; undefined where the row lacks it. */
export function valueOfColumn(rollout: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(rollout, name) ? rollout[name] : follow(rollout, rowKeys(name));
}
