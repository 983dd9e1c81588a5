import type { SchemaElement } from 'hyparquet';
import { writeJson } from '#shared/model/json.ts';
import type { OutputColumn } from '../types.ts';

/** A value of a column. */
export interface ParquetCell {
  /** What the library writes. */
  readonly data: unknown;
  /** Its JSON. */
  readonly text: string;
}

/** How one kind of column stands in a Parquet file. */
interface ColumnForm {
  /** Schema elements below the root; `annotated` marks JSON values as such. */
  schema(name: string, annotated: boolean): SchemaElement[];
  /** Of a value that is not null. Fails with TypeError where the column cannot hold it. */
  cell(value: unknown): ParquetCell;
  /** What the library writes of a value that is not null, as JSON; `items`: that of each value, where it is a list. */
  textCell(json: Buffer, items: () => readonly Buffer[] | undefined): unknown;
}

const utf8 = new TextEncoder();
const string: Partial<SchemaElement> = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };

const jsonType = (annotated: boolean): Partial<SchemaElement> => ({
  type: 'BYTE_ARRAY',
  ...(annotated && { converted_type: 'JSON', logical_type: { type: 'JSON' } }),
});

function list(name: string, ...element: SchemaElement[]): SchemaElement[] {
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

const text = (name: string): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...string });
const group = (name: string, children: number): SchemaElement => ({ name, repetition_type: 'OPTIONAL', num_children: children });

export const columnForms: Readonly<Record<OutputColumn['kind'], ColumnForm>> = {
  text: { schema: (name) => [text(name)], cell: (value) => holding(typeof value === 'string', value), textCell: parsedCell('text') },
  boolean: {
    schema: (name) => [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }],
    cell: (value) => holding(typeof value === 'boolean', value),
    textCell: parsedCell('boolean'),
  },
  number: {
    schema: (name) => [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }],
    cell: (value) => holding(Number.isFinite(value), value),
    textCell: parsedCell('number'),
  },
  json: {
    schema: (name, annotated) => [{ name, repetition_type: 'OPTIONAL', ...jsonType(annotated) }],
    cell: jsonCell,
    textCell: (json) => json,
  },
  'json-list': {
    schema: (name, annotated) => list(name, { name: 'element', repetition_type: 'REQUIRED', ...jsonType(annotated) }),
    cell(value) {
      if (!Array.isArray(value)) return holding(false, value);
      const cells = value.map(jsonCell);
      return { data: cells.map(({ data }) => data), text: `[${cells.map(({ text: each }) => each).join(',')}]` };
    },
    textCell: (_json, items) => items() ?? holding(false, undefined),
  },
  messages: {
    schema: (name) =>
      list(
        name,
        group('element', 6),
        text('role'),
        text('content'),
        text('reasoning_content'),
        ...list('tool_calls', group('element', 3), text('id'), text('type'), group('function', 2), text('name'), text('arguments')),
        text('tool_call_id'),
        text('name'),
      ),
    cell: (value) => holding(Array.isArray(value), value),
    textCell: parsedCell('messages'),
  },
};

function parsedCell(kind: OutputColumn['kind']): ColumnForm['textCell'] {
  return (json) => columnForms[kind].cell(JSON.parse(json.toString('utf8'))).data;
}

function holding(fits: boolean, value: unknown): ParquetCell {
  if (!fits) throw new TypeError('a column cannot hold this value');
  return { data: value, text: writeJson(value) };
}

function jsonCell(value: unknown): ParquetCell {
  const json = writeJson(value);
  return { data: utf8.encode(json), text: json };
}
