import type { Cell } from '#shared/model/cell.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import { limits } from '#shared/limits.ts';
import { CellKind, type Column, type NameSets, NO_CODE, type RowIndex } from '../../index/types.ts';

/** A row of a test: its columns, with `{ exact }` for a number that float64 cannot hold; `invalid` is a line that is no rollout. */
export type MemoryRow = Readonly<Record<string, unknown>> | 'invalid';

export interface MemoryIndex extends RowIndex {
  /** Appends rows, as reading on would. */
  grow(rows: readonly MemoryRow[]): void;
}

export interface MemoryOptions {
  /** What `readLine` answers; by default the row as JSON. */
  readonly lines?: readonly unknown[];
  /** First row of each file; by default there is one file. */
  readonly fileStarts?: readonly number[];
  /** Columns without a dictionary. */
  readonly withoutDictionary?: readonly string[];
}

/** Whether a line has an object under a key. */
function fieldKind(line: unknown, key: string): CellKind {
  const value: unknown = typeof line === 'object' && line !== null ? Reflect.get(line, key) : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? CellKind.object : CellKind.missing;
}

/** The sets of a key that lists names. */
function namesOfRows(rows: readonly MemoryRow[], key: string): NameSets {
  const lists = rows.map((row) => (row === 'invalid' ? undefined : row[key])).map((list) => (Array.isArray(list) ? list.map(String) : []));
  const values = [...new Set(lists.flat())];
  const sets = [new Uint32Array(), ...lists.map((list) => Uint32Array.from(list, (name) => values.indexOf(name)).sort())];
  return { values, sets, setOf: Uint32Array.from(lists, (_, row) => row + 1) };
}

/** An index of rows in memory, every key a column; names of tools are what `called_names` and `offered_names` list, hashes are under `prompt_hash` and the like, for tests of what reads an index. */
export function memoryIndex(initial: readonly MemoryRow[], options: MemoryOptions = {}): MemoryIndex {
  const { lines, fileStarts = [0], withoutDictionary = [] } = options;
  const rows: MemoryRow[] = [...initial];
  let version = 1;
  let columns = buildColumns(rows, withoutDictionary);
  const readLine = (row: number): Uint8Array => new TextEncoder().encode(JSON.stringify(lines?.[row] ?? rows[row]));
  const place = (row: number) => {
    const file = fileStarts.filter((start) => start <= row).length - 1;
    return { file, line: row - (fileStarts[file] ?? 0) + 1, start: row * 100, end: row * 100 + readLine(row).length };
  };
  return {
    get rowCount() {
      return rows.length;
    },
    get version() {
      return version;
    },
    grow(more) {
      rows.push(...more);
      columns = buildColumns(rows, withoutDictionary);
      version++;
    },
    rewrittenRows: [],
    valid: () => Uint8Array.from(rows, (row) => (row === 'invalid' ? 0 : 1)),
    columns: () => columns,
    column: (name) => columns.find((column) => column.name === name),
    fieldKinds: (key) =>
      columns.find((column) => column.name === key)?.kinds() ?? (lines && Uint8Array.from(lines, (line) => fieldKind(line, key))),
    isHashed: true,
    hash: (of) => Float64Array.from(rows, (row) => (row === 'invalid' ? Number.NaN : Number(row[`${of}_hash`] ?? Number.NaN))),
    names: (which) => namesOfRows(rows, `${which}_names`),
    place,
    rowAtLine: (file, line) => {
      const row = (fileStarts[file] ?? rows.length) + line - 1;
      return row < rows.length && place(row).file === file ? row : undefined;
    },
    get invalidRows() {
      return rows.flatMap((row, i) => (row === 'invalid' ? [{ row: i, offset: 0, rule: 'json/invalid', message: 'no JSON' }] : []));
    },
    readLine,
    readLines: (rows) => new TextEncoder().encode([...rows].map((row) => `${new TextDecoder().decode(readLine(row))}\n`).join('')),
    readLineSlice: (row, start, end) => readLine(row).subarray(start, end),
  };
}

function buildColumns(rows: readonly MemoryRow[], withoutDictionary: readonly string[]): readonly Column[] {
  const names = new Set(rows.flatMap((row) => (row === 'invalid' ? [] : Object.keys(row))));
  return [...names].map((name) =>
    buildColumn(
      name,
      rows.map((row) => (row === 'invalid' ? undefined : row[name])),
      rows.map((row) => row !== 'invalid'),
      !withoutDictionary.includes(name),
    ),
  );
}

function buildColumn(name: string, values: readonly unknown[], valid: readonly boolean[], dictionary: boolean): Column {
  const kinds = Uint8Array.from(values, kindOf);
  const numbers = Float64Array.from(values, numberOf);
  const derived = derivedColumns.some((column) => column.name === name);
  const info = infoOf(name, derived, kinds, valid);
  const texts = [...new Set(values.filter((value) => typeof value === 'string'))];
  const codeOf = new Map(texts.map((text, code) => [text, code]));
  const codes = Uint32Array.from(values, (value) => (typeof value === 'string' ? (codeOf.get(value) ?? NO_CODE) : NO_CODE));
  const text = (row: number): string | undefined => {
    const value = values[row];
    return typeof value === 'string' ? value : isExact(value) ? value.exact : undefined;
  };
  return {
    name,
    derived,
    info: () => info,
    kinds: () => kinds,
    numbers: () => numbers,
    codes: () => (dictionary ? { codes, values: texts } : null),
    text,
    cell: (row) => cellOf(values[row]),
  };
}

function infoOf(name: string, derived: boolean, kinds: Uint8Array, valid: readonly boolean[]): ColumnInfo {
  const counted = [...kinds].filter((_, row) => valid[row]);
  const present = counted.filter((kind) => kind > CellKind.null);
  const held = new Set(present.map((kind) => (kind === CellKind.exact ? CellKind.number : kind)));
  const [only] = held;
  const kind =
    held.size !== 1
      ? 'mixed'
      : only === CellKind.number
        ? 'number'
        : only === CellKind.boolean
          ? 'boolean'
          : only === CellKind.string
            ? 'string'
            : 'mixed';
  const nulls = counted.filter((each) => each === CellKind.null).length;
  return { name, kind, derived, present: present.length, nulls, missing: counted.length - present.length - nulls };
}

function kindOf(value: unknown): CellKind {
  if (value === undefined) return CellKind.missing;
  if (value === null) return CellKind.null;
  if (typeof value === 'boolean') return CellKind.boolean;
  if (typeof value === 'number') return CellKind.number;
  if (typeof value === 'string') return CellKind.string;
  if (isExact(value)) return CellKind.exact;
  return Array.isArray(value) ? CellKind.array : CellKind.object;
}

function numberOf(value: unknown): number {
  if (typeof value === 'boolean' || typeof value === 'number') return Number(value);
  return isExact(value) ? Number(value.exact) : Number.NaN;
}

function isExact(value: unknown): value is { exact: string } {
  return typeof value === 'object' && value !== null && 'exact' in value && typeof value.exact === 'string';
}

function cellOf(value: unknown): Cell | undefined {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return value.slice(0, limits.previewChars);
  return isExact(value) ? value : { json: JSON.stringify(value) };
}
