import type { ColumnMetaData, DataReader, SchemaElement, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { snappyUncompress } from 'hyparquet/src/snappy.js';

type PageHeader = ReturnType<typeof parquetHeader>;
type Values = ReturnType<typeof readPlain>;

export const notWritten = 'the file holds values that were not written';

/** Memory that is used again, for as much as was needed at most so far. */
class Room {
  private memory = new Uint8Array(0);

  of(bytes: number): Uint8Array {
    if (bytes > this.memory.length) this.memory = new Uint8Array(bytes);
    return this.memory.subarray(0, bytes);
  }
}

/**
 * A leaf of the schema, whose values are gone through one by one, of one row group after another. Pages are unpacked by the library when
 * their first row is met, each into the memory of the one before: what was taken is there as long as its row is being read. No page becomes
 * a list of values: those would live for so many rows that V8 takes them for lasting, and lets tens of megabytes of them lie.
 */
export class LeafReader {
  /** Of the value that is taken next; 0 behind the last one of a page, as where a row begins. */
  definition = 0;
  repetition = 0;
  /** The definition level of a value that is not null. */
  readonly full: number;
  private readonly mostRepeated: number;
  private readonly element: SchemaElement;
  private readonly unpacked = new Room();
  private readonly words = new Room();
  private readonly rooms = { definitions: new Room(), repetitions: new Room() };
  private codec: ColumnMetaData['codec'] = 'UNCOMPRESSED';
  private reader = readerOf(new Uint8Array(0));
  private dictionary: Values | undefined;
  /** The next value that is not null. */
  private next: () => unknown = () => undefined;
  private definitions: Uint8Array = new Uint8Array(0);
  private repetitions: Uint8Array = new Uint8Array(0);
  private count = 0;
  private at = 0;

  constructor(
    readonly name: string,
    path: SchemaTree[],
  ) {
    const element = path.at(-1)?.element;
    if (!element) throw new TypeError(notWritten);
    this.element = element;
    this.full = getMaxDefinitionLevel(path);
    this.mostRepeated = getMaxRepetitionLevel(path);
  }

  /** Begins the pages of a row group. */
  begin({ codec }: ColumnMetaData, bytes: Uint8Array): void {
    this.reader = readerOf(bytes);
    this.codec = codec;
    this.dictionary = undefined;
    this.count = this.at = 0;
  }

  /** Makes ready what a row begins with: its values all lie in one page. */
  beginRow(): void {
    while (this.at === this.count) {
      if (this.isAtEnd) throw new TypeError(notWritten);
      this.readPage();
    }
    if (this.repetition !== 0) throw new TypeError(notWritten);
  }

  get isAtEnd(): boolean {
    return this.at === this.count && this.reader.offset >= this.reader.view.byteLength;
  }

  /** The next value: undefined where it is null, or what holds it is. */
  take(): unknown {
    if (this.at === this.count) throw new TypeError(notWritten);
    const value = this.definition === this.full ? this.next() : undefined;
    this.at++;
    this.look();
    return value;
  }

  private look(): void {
    this.definition = this.at < this.count ? (this.definitions[this.at] ?? 0) : 0;
    this.repetition = this.at < this.count ? (this.repetitions[this.at] ?? 0) : 0;
  }

  private readPage(): void {
    const { reader } = this;
    const header = parquetHeader(reader);
    const packed = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') this.dictionary = this.readDictionary(header, packed);
    else this.readData(header, packed);
  }

  private readData(header: PageHeader, packed: Uint8Array): void {
    const page = header.data_page_header_v2;
    if (!page || page.encoding.endsWith('_DICTIONARY') !== (this.dictionary !== undefined)) throw new TypeError(notWritten);
    const { num_values: count, repetition_levels_byte_length: repeated, definition_levels_byte_length: defined } = page;
    this.repetitions = levelsIn(packed.subarray(0, repeated), this.mostRepeated, this.rooms.repetitions.of(count));
    this.definitions = levelsIn(packed.subarray(repeated, repeated + defined), this.full, this.rooms.definitions.of(count));
    const size = header.uncompressed_page_size - repeated - defined;
    const values = packed.subarray(repeated + defined);
    const unpacked = page.is_compressed === false ? values : this.unpack(values, size, this.unpacked);
    this.next = this.valuesIn(readerOf(unpacked), page.encoding, count - page.num_nulls);
    this.count = count;
    this.at = 0;
    this.look();
  }

  private valuesIn(reader: DataReader, encoding: string, count: number): () => unknown {
    const { element, dictionary } = this;
    let at = 0;
    if (encoding === 'PLAIN' && element.type === 'BYTE_ARRAY') return () => readPlain(reader, 'BYTE_ARRAY', 1, undefined)[0];
    if (encoding === 'PLAIN' && element.type) {
      const values = readPlain(reader, element.type, count, element.type_length);
      return () => values[at++];
    }
    if (encoding === 'RLE' && element.type === 'BOOLEAN') {
      const bits = new Uint8Array(count);
      readRleBitPackedHybrid(reader, 1, bits);
      return () => bits[at++] === 1;
    }
    if (encoding !== 'RLE_DICTIONARY' || !dictionary) throw new TypeError(notWritten);
    const width = reader.view.getUint8(reader.offset++);
    const indexes = new Uint32Array(count);
    readRleBitPackedHybrid(reader, width, indexes, reader.view.byteLength - 1);
    return () => dictionary[indexes[at++] ?? dictionary.length];
  }

  private readDictionary(header: PageHeader, packed: Uint8Array): Values {
    const { type = 'BYTE_ARRAY', type_length: length } = this.element;
    const words = this.unpack(packed, header.uncompressed_page_size, this.words);
    return readPlain(readerOf(words), type, header.dictionary_page_header?.num_values ?? 0, length);
  }

  private unpack(packed: Uint8Array, size: number, room: Room): Uint8Array {
    const compressors = {
      SNAPPY(input: Uint8Array, length: number) {
        const into = room.of(length);
        snappyUncompress(input, into);
        return into;
      },
    };
    return decompressPage(packed, size, this.codec, compressors);
  }
}

function readerOf({ buffer, byteOffset, byteLength }: Uint8Array): DataReader {
  return { view: new DataView(buffer, byteOffset, byteLength), offset: 0 };
}

/** Levels of up to `most`, which take no bytes where that is 0. */
function levelsIn(bytes: Uint8Array, most: number, into: Uint8Array): Uint8Array {
  if (most === 0) into.fill(0);
  else readRleBitPackedHybrid(readerOf(bytes), 32 - Math.clz32(most), into, bytes.length);
  return into;
}
