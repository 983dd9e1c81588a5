import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writeJson } from '#shared/model/json.ts';
import type { Fields, OutputColumn } from '../types.ts';
import type { FileFormat, RowWriter, Written } from './format.ts';

const groupRows = 1000;
const groupBytes = 16 << 20;
const utf8 = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parquet in which a list of JSON values is `LIST<BYTE_ARRAY annotated JSON>`: Hugging Face `datasets` gives its elements back
 * as they are (`List(Json)`), where inferred structs would fill every message with nulls.
 */
export const parquet: FileFormat = {
  extension: 'parquet',
  create(file, columns) {
    if (!columns) throw new Error('a Parquet file needs columns');
    return new GroupWriter(file, columns);
  },
  read: readRows,
};

/** A value of a column on its way to the file: the JSON text of each element, or one text. */
type Texts = readonly string[] | string | null;

class GroupWriter implements RowWriter {
  private rows = 0;
  private waiting: Texts[][] = [];
  private waitingChars = 0;
  private readonly content = createHash('sha256');
  private readonly sink: FileSink;
  private readonly writer: ParquetWriter;

  constructor(
    file: FileHandle,
    private readonly columns: readonly OutputColumn[],
  ) {
    this.sink = new FileSink(file);
    this.writer = new ParquetWriter({ writer: this.sink, schema: schemaOf(columns, false), statistics: false, createdBy: 'rollscope' });
  }

  get bytes(): number {
    return this.sink.offset;
  }

  async add(row: Fields | Uint8Array): Promise<void> {
    if (row instanceof Uint8Array) throw new TypeError('a line that is passed on has no columns');
    const texts = this.columns.map(({ name, kind }) => textsOf(row[name], kind));
    this.content.update(`${rowText(this.columns, texts)}\n`);
    this.waiting.push(texts);
    this.waitingChars += texts.flat().reduce((sum, text) => sum + (text?.length ?? 0), 0);
    this.rows++;
    if (this.waiting.length >= groupRows || this.waitingChars >= groupBytes) await this.flush();
  }

  async end(): Promise<Written> {
    await this.flush();
    // The texts were written as plain bytes, because the library would take JSON values and round their numbers. The schema
    // goes into the footer only now, with the annotation.
    this.writer.schema = schemaOf(this.columns, true);
    await this.writer.finish();
    await this.sink.flush();
    return { rows: this.rows, bytes: this.bytes, content: this.content.digest('hex') };
  }

  private async flush(): Promise<void> {
    const rows = this.waiting;
    if (rows.length === 0) return;
    this.waiting = [];
    this.waitingChars = 0;
    const columnData = this.columns.map(({ name, kind }, column) => ({
      name,
      data: rows.map((row) => bytesOf(row[column] ?? null, kind)),
    }));
    await this.writer.write({ columnData, rowGroupSize: rows.length });
  }
}

function textsOf(value: unknown, kind: OutputColumn['kind']): Texts {
  if (value === undefined || value === null) return null;
  if (kind === 'json-list' && Array.isArray(value)) return value.map((each) => writeJson(each));
  if (kind === 'text' && typeof value === 'string') return value;
  throw new TypeError(`a column of kind ${kind} cannot hold this value`);
}

function bytesOf(texts: Texts, kind: OutputColumn['kind']): Uint8Array[] | string | null {
  return kind === 'json-list' && Array.isArray(texts) ? texts.map((text) => utf8.encode(text)) : typeof texts === 'string' ? texts : null;
}

function rowText(columns: readonly OutputColumn[], texts: readonly Texts[]): string {
  const fields = columns.map(({ name }, column) => {
    const held = texts[column] ?? null;
    return `${JSON.stringify(name)}:${Array.isArray(held) ? `[${held.join(',')}]` : JSON.stringify(held)}`;
  });
  return `{${fields.join(',')}}`;
}

function schemaOf(columns: readonly OutputColumn[], annotated: boolean): SchemaElement[] {
  const json: Partial<SchemaElement> = annotated ? { converted_type: 'JSON', logical_type: { type: 'JSON' } } : {};
  return [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap(({ name, kind }): SchemaElement[] =>
      kind === 'text'
        ? [{ name, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8', logical_type: { type: 'STRING' } }]
        : [
            { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
            { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
            { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', ...json },
          ],
    ),
  ];
}

/** Bytes on their way to a file; the library asks for a flush after each row group. */
class FileSink extends ByteWriter {
  constructor(private readonly file: FileHandle) {
    super(1 << 20);
  }

  async flush(): Promise<void> {
    await this.file.writeFile(this.getBytes());
    this.index = 0;
  }
}

async function* readRows(path: string): AsyncGenerator<string> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const columns = metadata.schema.flatMap(({ name, num_children: children, converted_type: type }, index): OutputColumn[] => {
    if (index === 0 || (children === undefined && type !== 'UTF8') || (children !== undefined && type !== 'LIST')) return [];
    return [{ name, kind: type === 'LIST' ? 'json-list' : 'text' }];
  });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    // Each JSON value as its text: parsed, its numbers would be rounded before they could be compared.
    const parsers = { jsonFromBytes: (bytes: Uint8Array) => decoder.decode(bytes) };
    const rows: Record<string, unknown>[] = await parquetReadObjects({ file, metadata, rowStart, rowEnd, parsers });
    for (const row of rows)
      yield rowText(
        columns,
        columns.map(({ name }) => readTexts(row[name])),
      );
    rowStart = rowEnd;
  }
}

function readTexts(value: unknown): Texts {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new TypeError('the file holds values that were not written');
}
