import { createHash } from 'node:crypto';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Fields, OutputColumn } from '../types.ts';
import { ByteSink } from './byte-sink.ts';
import { DistinctBytes } from './distinct-bytes.ts';
import type { BlockBuilder, EncodedBlock, FileFormat } from './format.ts';
import { JsonParts, type Span } from './json-parts.ts';
import { columnForms, type ParquetCell } from './parquet-columns.ts';
import { groupOf, movedGroup } from './parquet-groups.ts';
import { readParquet } from './parquet-reader.ts';
import { snappyCompress } from './snappy.ts';

const absent: ParquetCell = { data: null, text: 'null' };
const compressors = { SNAPPY: snappyCompress };
const magic = Buffer.from('PAR1');
const [nullBytes, endBytes] = [Buffer.from('null'), Buffer.from('}\n')];
/** Rows are hashed about so many bytes at a time. */
const hashedBytes = 512 << 10;
const noSpan: Span = { start: 0, end: 0 };

/**
 * Parquet in which a list of JSON values is `LIST<BYTE_ARRAY annotated JSON>`: Hugging Face `datasets` gives its elements back
 * as they are (`List(Json)`), where inferred structs would fill every message with nulls. A block is a row group.
 */
export const parquet: FileFormat = {
  extension: 'parquet',
  blockRows: 1000,
  blockBytes: 8 << 20,
  head: () => magic,
  block: (columns) => new GroupBuilder(needed(columns)),
  tail(columns, blocks) {
    // The texts were written as plain bytes, because the library would take JSON values and round their numbers. The schema
    // goes into the footer only now, with the annotation.
    const { sink, writer } = writerOf(needed(columns), true);
    const begin = blocks.reduce((end, { start, group }) => Math.max(end, start + Number(group?.group.total_compressed_size ?? 0)), 4);
    sink.offset = begin;
    for (const block of blocks) {
      const { group, indexes } = movedGroup(block);
      writer.row_groups.push(group);
      writer.pendingIndexes.push(...indexes);
      writer.num_rows += BigInt(block.rows);
    }
    void writer.finish();
    return sink.getBytes().subarray(magic.length);
  },
  read: readParquet,
};

function needed(columns: readonly OutputColumn[] | undefined): readonly OutputColumn[] {
  if (!columns) throw new Error('a Parquet file needs columns');
  return columns;
}

function writerOf(columns: readonly OutputColumn[], annotated: boolean): { sink: ByteWriter; writer: ParquetWriter } {
  const sink = new ByteWriter(1 << 16);
  return {
    sink,
    writer: new ParquetWriter({
      writer: sink,
      schema: schemaOf(columns, annotated),
      statistics: false,
      createdBy: 'rollscope',
      compressors,
    }),
  };
}

class GroupBuilder implements BlockBuilder {
  private rows = 0;
  /** By column. */
  private readonly data: unknown[][];
  /** By column. */
  private readonly distinct: readonly DistinctBytes[];
  /** As JSON, by column. */
  private readonly names: readonly string[];
  private readonly begun: ReturnType<typeof begun>;
  private readonly content = createHash('sha256');
  /** Rows as JSON that are not in `content` yet: a hash is taken of many small pieces slowly. */
  private readonly text = new ByteSink();

  constructor(private readonly columns: readonly OutputColumn[]) {
    this.data = columns.map(() => []);
    this.distinct = columns.map(() => new DistinctBytes());
    this.names = columns.map(({ name }) => JSON.stringify(name));
    this.begun = begun(columns);
  }

  add(row: Fields): void {
    const texts = this.columns.map(({ name, kind }, i) => {
      const value = row[name] ?? null;
      const cell = value === null ? absent : columnForms[kind].cell(value);
      this.put(i, cell.data);
      return `${this.names[i]}:${cell.text}`;
    });
    // The row as JSON, as reading the file back gives it again.
    this.text.text(`{${texts.join(',')}}\n`);
    this.rows++;
    if (this.text.length > hashedBytes) this.hash();
  }

  addText(row: Buffer): void {
    const parts = new JsonParts(row);
    const fields = parts.fields();
    this.begun.forEach(({ name, kind, begin }, i) => {
      const span = fields.get(name) ?? noSpan;
      const json = row.subarray(span.start, span.end);
      const isAbsent = json.length === 0 || (json.length === 4 && json.equals(nullBytes));
      this.put(i, isAbsent ? null : columnForms[kind].textCell(parts, span));
      this.text.bytes(begin);
      this.text.bytes(isAbsent ? nullBytes : json);
    });
    this.text.bytes(endBytes);
    this.rows++;
    if (this.text.length > hashedBytes) this.hash();
  }

  private put(column: number, data: unknown): void {
    const distinct = this.distinct[column];
    const one = (each: unknown): unknown => (each instanceof Uint8Array && distinct ? distinct.add(each) : each);
    this.data[column]?.push(Array.isArray(data) ? data.map(one) : one(data));
  }

  private hash(): void {
    this.content.update(this.text.written());
    this.text.clear(2 * hashedBytes);
  }

  end(): EncodedBlock {
    this.hash();
    const { sink, writer } = writerOf(this.columns, false);
    const columnData = this.columns.map(({ name }, i) => ({
      name,
      data: this.data[i] ?? [],
      ...(this.distinct[i]?.needsNoDictionary && { encoding: 'PLAIN' as const }),
    }));
    void writer.write({ columnData, rowGroupSize: this.rows });
    return {
      bytes: sink.getBytes().slice(magic.length),
      rows: this.rows,
      content: this.content.digest('hex'),
      group: groupOf(writer, magic.length),
    };
  }
}

function schemaOf(columns: readonly OutputColumn[], annotated: boolean): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap(({ name, kind }) => columnForms[kind].schema(name, annotated)),
  ];
}

/** Columns, and what stands before each value in the JSON of a row. */
function begun(columns: readonly OutputColumn[]): (OutputColumn & { readonly begin: Buffer })[] {
  return columns.map((column, i) => ({ ...column, begin: Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(column.name)}:`) }));
}
