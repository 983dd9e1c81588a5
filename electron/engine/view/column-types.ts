import type { SchemaElement } from 'hyparquet';
import { JsonNumber, type JsonValue, writeJson } from '#shared/model/json.ts';
import { CellKind, type Column } from '../index/types.ts';

// Rows are below the length of dense arrays, so their entries are never undefined: that is what `!` stands for.

/** How a column is stored in Parquet. `json`: values of several kinds, or numbers that no other type holds, each as its JSON text. */
export type StoredAs = 'integer' | 'double' | 'boolean' | 'text' | 'json';

/** What all values of a column in these rows fit into. */
export function storedAs(column: Column, rows: Uint32Array): StoredAs {
  const kinds = column.kinds();
  const numbers = column.numbers();
  const seen = new Set<number>();
  let isInteger = true;
  for (const row of rows) {
    const kind = kinds[row]!;
    if (kind === CellKind.missing || kind === CellKind.null) continue;
    seen.add(kind);
    isInteger &&= Number.isSafeInteger(numbers[row]!);
  }
  if (seen.size > 1) return 'json';
  const [kind = CellKind.string] = seen;
  switch (kind) {
    case CellKind.number:
      return isInteger ? 'integer' : 'double';
    case CellKind.boolean:
      return 'boolean';
    case CellKind.string:
      return 'text';
    default:
      return 'json';
  }
}

export function schemaElement(name: string, as: StoredAs): SchemaElement {
  const element = { name, repetition_type: 'OPTIONAL' } as const;
  switch (as) {
    case 'integer':
      return { ...element, type: 'INT64' };
    case 'double':
      return { ...element, type: 'DOUBLE' };
    case 'boolean':
      return { ...element, type: 'BOOLEAN' };
    case 'text':
    case 'json':
      return { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}

/** A value as the writer takes it; what is missing is null there too, for Parquet knows one kind of nothing. */
export function storedValue(value: JsonValue | undefined, as: StoredAs): bigint | number | boolean | string | null {
  if (value === undefined || value === null) return null;
  if (as === 'json') return writeJson(value);
  const plain = value instanceof JsonNumber ? Number(value.text) : value;
  if (typeof plain === 'object') throw new TypeError(`a column stored as ${as} cannot hold this value`);
  return as === 'integer' && typeof plain === 'number' ? BigInt(plain) : plain;
}
