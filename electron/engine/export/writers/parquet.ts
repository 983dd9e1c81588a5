import { createHash } from 'node:crypto';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Fields, OutputColumn } from '../types.ts';
import { ByteSink } from './byte-sink.ts';
import type { BlockBuilder, EncodedBlock, FileFormat } from './format.ts';
import { columnForms, type ParquetCell } from './parquet-columns.ts';
import { movedGroup } from './parquet-groups.ts';
import { readParquet } from './parquet-reader.ts';
import { Shredder } from './parquet-shredder.ts';
import type { RowParts } from './row-parts.ts';

const absent: ParquetCell = { data: null, text: 'null' };
const magic = Buffer.from('PAR1');
const [nullBytes, endBytes] = [Buffer.from('null'), Buffer.from('}\n')];
/** Rows are hashed about so many bytes at a time. */
const hashedBytes = 512 << 10;

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
    const { sink, writer } = footerOf(needed(columns));
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

function footerOf(columns: readonly OutputColumn[]): { sink: ByteWriter; writer: ParquetWriter } {
  const sink = new ByteWriter(1 << 16);
  return { sink, writer: new ParquetWriter({ writer: sink, schema: schemaOf(columns, true), statistics: false, createdBy: 'rollscope' }) };
}

/** What a block is made in. */
interface Means {
  readonly schema: string;
  readonly shredder: Shredder;
  /** Rows as JSON whose hash is not taken yet: that of many small pieces is taken slowly. */
  readonly text: ByteSink;
}

/** That of the last block, to be used for the next one: fresh memory costs more than what is written into it. */
let spare: Means | undefined;

class GroupBuilder implements BlockBuilder {
  private rows = 0;
  /** As JSON, by column. */
  private readonly names: readonly string[];
  private readonly begun: ReturnType<typeof begun>;
  private readonly means: Means;
  private readonly content = createHash('sha256');

  constructor(private readonly columns: readonly OutputColumn[]) {
    this.names = columns.map(({ name }) => JSON.stringify(name));
    this.begun = begun(columns);
    const elements = schemaOf(columns, false);
    const schema = JSON.stringify(elements);
    this.means = spare?.schema === schema ? spare : { schema, shredder: new Shredder(elements), text: new ByteSink() };
    spare = undefined;
  }

  add(row: Fields): void {
    const cells = this.columns.map(({ name, kind }) => {
      const value = row[name] ?? null;
      return value === null ? absent : columnForms[kind].cell(value);
    });
    // The row as JSON, as reading the file back gives it again.
    this.means.text.text(`{${cells.map(({ text }, i) => `${this.names[i]}:${text}`).join(',')}}\n`);
    this.put(cells.map(({ data }) => data));
  }

  addParts(row: RowParts): void {
    const { text } = this.means;
    const data = this.begun.map(({ name, kind, begin }) => {
      const json = row.value(name) ?? nullBytes;
      text.bytes(begin);
      text.bytes(json);
      return json.equals(nullBytes) ? null : columnForms[kind].textCell(json, () => row.items(name));
    });
    text.bytes(endBytes);
    this.put(data);
  }

  private put(data: readonly unknown[]): void {
    this.means.shredder.add(data);
    this.rows++;
    if (this.means.text.length > hashedBytes) this.hash();
  }

  private hash(): void {
    this.content.update(this.means.text.written());
    this.means.text.clear(2 * hashedBytes);
  }

  end(): EncodedBlock {
    this.hash();
    const { bytes, group } = this.means.shredder.end();
    spare = this.means;
    return { bytes, rows: this.rows, content: this.content.digest('hex'), group };
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
