import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Fields, OutputColumn } from '../types.ts';
import type { FileFormat, RowWriter, Written } from './format.ts';
import { columnForms, kindsOf, type ParquetCell } from './parquet-columns.ts';

const groupRows = 1000;
const groupBytes = 16 << 20;
const absent: ParquetCell = { data: null, text: 'null' };
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

class GroupWriter implements RowWriter {
  private rows = 0;
  /** By column, of the rows of a group. */
  private waiting: unknown[][];
  private waitingRows = 0;
  private waitingChars = 0;
  /** As JSON, by column. */
  private readonly names: readonly string[];
  private readonly content = createHash('sha256');
  private readonly sink: FileSink;
  private readonly writer: ParquetWriter;

  constructor(
    file: FileHandle,
    private readonly columns: readonly OutputColumn[],
  ) {
    this.waiting = columns.map(() => []);
    this.names = columns.map(({ name }) => JSON.stringify(name));
    this.sink = new FileSink(file);
    this.writer = new ParquetWriter({ writer: this.sink, schema: schemaOf(columns, false), statistics: false, createdBy: 'rollscope' });
  }

  get bytes(): number {
    return this.sink.offset;
  }

  async add(row: Fields | Uint8Array): Promise<void> {
    if (row instanceof Uint8Array) throw new TypeError('a line that is passed on has no columns');
    const texts = this.columns.map(({ name, kind }, i) => {
      const value = row[name] ?? null;
      const cell = value === null ? absent : columnForms[kind].cell(value);
      this.waiting[i]?.push(cell.data);
      return `${this.names[i]}:${cell.text}`;
    });
    // The row as JSON, as reading the file back gives it again.
    const text = `{${texts.join(',')}}`;
    this.content.update(`${text}\n`);
    this.waitingChars += text.length;
    this.waitingRows++;
    this.rows++;
    if (this.waitingRows >= groupRows || this.waitingChars >= groupBytes) await this.flush();
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
    const rows = this.waitingRows;
    if (rows === 0) return;
    const columnData = this.columns.map(({ name }, i) => ({ name, data: this.waiting[i] ?? [] }));
    this.waiting = this.columns.map(() => []);
    this.waitingRows = 0;
    this.waitingChars = 0;
    await this.writer.write({ columnData, rowGroupSize: rows });
  }
}

function schemaOf(columns: readonly OutputColumn[], annotated: boolean): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap(({ name, kind }) => columnForms[kind].schema(name, annotated)),
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
  const columns = kindsOf(metadata.schema);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    // Each JSON value as its text: parsed, its numbers would be rounded before they could be compared.
    // Texts keep a byte order mark at their beginning, which the library would take away.
    const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
    const parsers = { jsonFromBytes: textOf, stringFromBytes: textOf };
    const rows: Record<string, unknown>[] = await parquetReadObjects({ file, metadata, rowStart, rowEnd, parsers });
    for (const row of rows) {
      const fields = columns.map(({ name, kind }) => `${JSON.stringify(name)}:${readText(row[name] ?? null, kind)}`);
      yield `{${fields.join(',')}}`;
    }
    rowStart = rowEnd;
  }
}

const notWritten = 'the file holds values that were not written';

/** The JSON text of a value that was read. */
function readText(value: unknown, kind: OutputColumn['kind']): string {
  if (value === null) return 'null';
  switch (kind) {
    case 'json':
      if (typeof value !== 'string') throw new TypeError(notWritten);
      return value;
    case 'json-list':
      if (!Array.isArray(value)) throw new TypeError(notWritten);
      return `[${value.join(',')}]`;
    case 'messages':
      return JSON.stringify(value, (_key, each: unknown) => (each === null ? undefined : each));
    case 'text':
    case 'boolean':
    case 'number':
      return JSON.stringify(value);
  }
}
