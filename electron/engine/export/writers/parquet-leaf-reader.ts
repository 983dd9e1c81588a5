import type { ColumnMetaData, DataReader, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel } from 'hyparquet/src/schema.js';
import { snappyUncompress } from 'hyparquet/src/snappy.js';

type PageHeader = ReturnType<typeof parquetHeader>;
type ColumnDecoder = Parameters<typeof readDataPageV2>[2];
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
 * their first row is met, each into the memory of the one before: what was taken is there as long as its row is being read.
 */
export class LeafReader {
  /** Of the value that is taken next; 0 behind the last one of a page, as where a row begins. */
  definition = 0;
  repetition = 0;
  /** The definition level of a value that is not null. */
  readonly full: number;
  private readonly unpacked = new Room();
  private readonly words = new Room();
  private decoder: ColumnDecoder | undefined;
  private reader: DataReader = { view: new DataView(new ArrayBuffer(0)), offset: 0 };
  private dictionary: Values | undefined;
  private values: Values = [];
  private definitions: readonly number[] | undefined;
  private repetitions: readonly number[] = [];
  private count = 0;
  private at = 0;
  /** How many of the values before `at` are not null. */
  private given = 0;

  constructor(
    readonly name: string,
    private readonly path: SchemaTree[],
  ) {
    this.full = getMaxDefinitionLevel(path);
  }

  /** Begins the pages of a row group. */
  begin(column: ColumnMetaData, bytes: Uint8Array): void {
    const element = this.path.at(-1)?.element;
    if (!element) throw new TypeError(notWritten);
    this.reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    this.decoder = {
      pathInSchema: column.path_in_schema,
      type: column.type,
      element,
      schemaPath: this.path,
      codec: column.codec,
      parsers: DEFAULT_PARSERS,
      compressors: { SNAPPY: (input, length) => unpack(input, this.unpacked.of(length)) },
    };
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
    const isThere = this.definition === this.full;
    const value: unknown = isThere ? this.values[this.given++] : undefined;
    this.at++;
    this.look();
    return isThere && this.dictionary ? this.dictionary[Number(value)] : value;
  }

  private look(): void {
    this.definition = this.at < this.count ? (this.definitions?.[this.at] ?? this.full) : 0;
    this.repetition = this.repetitions[this.at] ?? 0;
  }

  private readPage(): void {
    const { decoder, reader } = this;
    if (!decoder) throw new TypeError(notWritten);
    const header = parquetHeader(reader);
    const packed = new Uint8Array(reader.view.buffer, reader.view.byteOffset + reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') this.dictionary = this.readDictionary(decoder, header, packed);
    else this.readData(decoder, header, packed);
  }

  private readData(decoder: ColumnDecoder, header: PageHeader, packed: Uint8Array): void {
    const { encoding, num_values: count } = header.data_page_header_v2 ?? {};
    if (count === undefined || encoding?.endsWith('_DICTIONARY') !== (this.dictionary !== undefined)) throw new TypeError(notWritten);
    const { definitionLevels, repetitionLevels, dataPage } = readDataPageV2(packed, header, decoder);
    this.definitions = definitionLevels;
    this.repetitions = repetitionLevels;
    this.values = dataPage;
    this.count = count;
    this.at = this.given = 0;
    this.look();
  }

  private readDictionary({ type, element, codec }: ColumnDecoder, header: PageHeader, packed: Uint8Array): Values {
    const compressors = { SNAPPY: (input: Uint8Array, length: number) => unpack(input, this.words.of(length)) };
    const { buffer, byteOffset, byteLength } = decompressPage(packed, header.uncompressed_page_size, codec, compressors);
    const view = new DataView(buffer, byteOffset, byteLength);
    return readPlain({ view, offset: 0 }, type, header.dictionary_page_header?.num_values ?? 0, element.type_length);
  }
}

function unpack(input: Uint8Array, into: Uint8Array): Uint8Array {
  snappyUncompress(input, into);
  return into;
}
