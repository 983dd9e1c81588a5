import type { ColumnChunk, OffsetIndex, SchemaElement, SchemaTree } from 'hyparquet';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { ByteWriter } from 'hyparquet-writer';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { ByteSink } from './byte-sink.ts';
import { DistinctBytes, prefix } from './distinct-bytes.ts';
import { snappyCompress } from './snappy.ts';
import { Uint32List } from './uint32-list.ts';

/** Memory for more values is not kept. */
const keptBytes = 16 << 20;
/** A page ends before the row that makes it larger: what the library takes when it is told nothing. */
const pageSize = 1 << 20;
const codec = 'SNAPPY';

export interface WrittenLeaf {
  readonly chunk: ColumnChunk;
  readonly offsetIndex?: OffsetIndex;
}

/**
 * A leaf of the schema in a row group that is being made: its levels, and its values as they stand in the file if they are written plainly.
 * What the library makes of the same values is the same, byte for byte, but made in fresh memory of several times the size.
 */
export class LeafWriter {
  /** As many as there are entries, nulls among them. */
  private readonly definitions = new Uint32List();
  private readonly repetitions = new Uint32List();
  /** Where each value ends in `plain`; a null ends where it begins. */
  private readonly ends = new Uint32List();
  private readonly plain = new ByteSink();
  private distinct = this.newDistinct();
  /** Numbers and booleans, where it has such; nulls among them. */
  private scalars: unknown[] = [];
  private readonly element: SchemaElement;
  private readonly definition: number;
  private readonly repetition: number;

  constructor(private readonly path: readonly SchemaTree[]) {
    const element = path.at(-1)?.element;
    if (!element) throw new TypeError('a leaf has an element');
    this.element = element;
    this.definition = getMaxDefinitionLevel([...path]);
    this.repetition = getMaxRepetitionLevel([...path]);
  }

  /** A value, and the levels at which it stands; null where it is null, or what holds it is. */
  put(value: unknown, definition: number, repetition: number): void {
    const isThere = value !== null && value !== undefined;
    const level = isThere && this.element.repetition_type === 'OPTIONAL' ? definition + 1 : definition;
    this.definitions.push(level);
    this.repetitions.push(repetition);
    if (this.element.type === 'BYTE_ARRAY') this.putBytes(isThere ? value : null);
    else this.scalars.push(isThere ? value : null);
  }

  private putBytes(value: unknown): void {
    const isBytes = typeof value === 'string' || value instanceof Uint8Array;
    if (isBytes) this.plain.sized(value);
    else if (value !== null) throw new TypeError('a column cannot hold this value');
    this.ends.push(this.plain.length);
    // Where it may be in a dictionary, the library counts a text by its characters.
    if (isBytes) this.distinct.add(this.ends.length - 1, value.length);
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    for (const list of [this.definitions, this.repetitions, this.ends]) list.clear();
    this.plain.clear(keptBytes);
    this.distinct = this.newDistinct();
    this.scalars = [];
  }

  /** Appends all pages; places are counted from the beginning of `out`. */
  write(out: ByteSink): WrittenLeaf {
    return this.element.type === 'BYTE_ARRAY' && this.distinct.needsNoDictionary ? this.writePlain(out) : this.writeByLibrary(out);
  }

  private writePlain(out: ByteSink): WrittenLeaf {
    const begin = out.length;
    const page_locations: OffsetIndex['page_locations'] = [];
    let [uncompressed, firstRow] = [0, 0];
    for (let start = 0, end = 0; start < this.ends.length; start = end) {
      end = this.pageEnd(start);
      const offset = out.length;
      const { bytes, rows } = this.writePage(out, start, end);
      uncompressed += bytes;
      page_locations.push({
        offset: BigInt(offset),
        compressed_page_size: out.length - offset,
        first_row_index: BigInt(firstRow),
      });
      firstRow += rows;
    }
    const chunk: ColumnChunk = {
      file_offset: BigInt(begin),
      meta_data: {
        type: 'BYTE_ARRAY',
        encodings: ['PLAIN'],
        path_in_schema: this.elements.slice(1).map(({ name }) => name),
        codec,
        num_values: BigInt(this.ends.length),
        total_compressed_size: BigInt(out.length - begin),
        total_uncompressed_size: BigInt(uncompressed),
        data_page_offset: BigInt(begin),
      },
    };
    return { chunk, ...(page_locations.length > 1 && { offsetIndex: { page_locations } }) };
  }

  /** A page begins where a row does, and is no larger than `pageSize` unless that row is. */
  private pageEnd(start: number): number {
    let bytes = 0;
    for (let at = start; at < this.ends.length; at++) {
      bytes += Math.max(0, this.ends.at(at) - this.startOf(at) - prefix);
      if (bytes >= pageSize && at > start && this.repetitions.at(at) === 0) return at;
    }
    return this.ends.length;
  }

  /** Appends entries [start, end) as a page. `bytes`: how many they are before they are compressed, with what stands before them. */
  private writePage(out: ByteSink, start: number, end: number): { bytes: number; rows: number } {
    const definitions = this.definitions.values(start, end);
    const repetitions = this.repetitions.values(start, end);
    const rows = repetitions.reduce((count, level) => (level === 0 ? count + 1 : count), 0);
    const levels = new ByteWriter();
    const repetitionBytes = this.repetition > 0 ? writeRleBitPackedHybrid(levels, repetitions, widthOf(this.repetition)) : 0;
    const definitionBytes = writeRleBitPackedHybrid(levels, definitions, widthOf(this.definition));
    const page = this.plain.written().subarray(this.startOf(start), this.ends.at(end - 1));
    const compressed = snappyCompress(page);
    const header = new ByteWriter();
    writePageHeader(header, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: levels.offset + page.length,
      compressed_page_size: levels.offset + compressed.length,
      data_page_header_v2: {
        num_values: end - start,
        num_nulls: definitions.reduce((count, level) => (level < this.definition ? count + 1 : count), 0),
        num_rows: rows,
        encoding: 'PLAIN',
        definition_levels_byte_length: definitionBytes,
        repetition_levels_byte_length: repetitionBytes,
        is_compressed: true,
      },
    });
    out.bytes(header.getBytes());
    out.bytes(levels.getBytes());
    out.bytes(compressed);
    return { bytes: header.offset + levels.offset + page.length, rows };
  }

  /** What may have a dictionary, or is small. */
  private writeByLibrary(out: ByteSink): WrittenLeaf {
    const writer = new ByteWriter(1 << 16);
    writer.offset = out.length;
    const { chunk, offsetIndex } = writeColumn({
      writer,
      column: {
        columnName: this.elements.map(({ name }) => name).join('.'),
        element: this.element,
        schemaPath: this.elements,
        codec,
        compressors: { SNAPPY: snappyCompress },
        stats: false,
        pageSize,
        columnIndex: false,
        offsetIndex: true,
      },
      pageData: {
        values: this.element.type === 'BYTE_ARRAY' ? this.values() : this.scalars,
        definitionLevels: [...this.definitions.values()],
        repetitionLevels: this.repetition > 0 ? [...this.repetitions.values()] : [],
        maxDefinitionLevel: this.definition,
      },
    });
    out.bytes(writer.getBytes());
    return { chunk, ...(offsetIndex && { offsetIndex }) };
  }

  private values(): (string | Uint8Array | null)[] {
    const isText = this.element.converted_type === 'UTF8';
    return Array.from({ length: this.ends.length }, (_, i) => {
      if (this.ends.at(i) === this.startOf(i)) return null;
      const bytes = this.bytesAt(i);
      return isText ? bytes.toString('utf8') : bytes;
    });
  }

  private bytesAt(i: number): Buffer {
    return this.plain.written().subarray(this.startOf(i) + prefix, this.ends.at(i));
  }

  private startOf(i: number): number {
    return i === 0 ? 0 : this.ends.at(i - 1);
  }

  private get elements(): SchemaElement[] {
    return this.path.map(({ element }) => element);
  }

  private newDistinct(): DistinctBytes {
    return new DistinctBytes((i) => this.bytesAt(i));
  }
}

function widthOf(level: number): number {
  return Math.ceil(Math.log2(level + 1));
}
