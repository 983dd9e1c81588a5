import type { FileHandle } from 'node:fs/promises';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { JsonValue } from '#shared/model/json.ts';
import { csv, delimitedLine } from './delimited.ts';
import { schemaElement, type StoredAs, storedValue } from './column-types.ts';

/** Rows on their way to a file, a part of them in memory. */
export interface ViewWriter {
  /** So far, what waits included. */
  readonly bytes: number;
  /** Undefined where nothing need be waited for. */
  add(values: readonly (JsonValue | undefined)[]): Promise<void> | undefined;
  end(): Promise<void>;
}

const chunkChars = 1 << 20;

export class CsvWriter implements ViewWriter {
  bytes = 0;
  private waiting: string[] = [];
  private chars = 0;

  constructor(
    private readonly file: FileHandle,
    names: readonly string[],
  ) {
    this.waiting.push(delimitedLine(names, csv));
  }

  add(values: readonly (JsonValue | undefined)[]): Promise<void> | undefined {
    const line = delimitedLine(values, csv);
    this.waiting.push(line);
    this.chars += line.length;
    return this.chars >= chunkChars ? this.flush() : undefined;
  }

  async end(): Promise<void> {
    await this.flush();
  }

  private async flush(): Promise<void> {
    const chunk = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.chars = 0;
    await this.file.writeFile(chunk);
    this.bytes += chunk.length;
  }
}

const groupRows = 10_000;
const groupChars = 16 << 20;

export class ParquetViewWriter implements ViewWriter {
  private readonly sink: FileSink;
  private readonly writer: ParquetWriter;
  private waiting: (readonly (JsonValue | undefined)[])[] = [];
  private chars = 0;

  constructor(
    file: FileHandle,
    private readonly columns: readonly { readonly name: string; readonly as: StoredAs }[],
  ) {
    this.sink = new FileSink(file);
    const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(({ name, as }) => schemaElement(name, as))];
    this.writer = new ParquetWriter({ writer: this.sink, schema, statistics: false, createdBy: 'rollscope' });
  }

  get bytes(): number {
    return this.sink.offset;
  }

  add(values: readonly (JsonValue | undefined)[]): Promise<void> | undefined {
    this.waiting.push(values);
    for (const value of values) this.chars += typeof value === 'string' ? value.length : 8;
    return this.waiting.length >= groupRows || this.chars >= groupChars ? this.flush() : undefined;
  }

  async end(): Promise<void> {
    await this.flush();
    await this.writer.finish();
    await this.sink.flush();
  }

  private async flush(): Promise<void> {
    const rows = this.waiting;
    if (rows.length === 0) return;
    this.waiting = [];
    this.chars = 0;
    const columnData = this.columns.map(({ name, as }, column) => ({ name, data: rows.map((row) => storedValue(row[column], as)) }));
    await this.writer.write({ columnData, rowGroupSize: rows.length });
  }
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
