import { createHash } from 'node:crypto';
import { isJsonObject, parseJson, writeJson } from '#shared/model/json.ts';
import type { Fields, OutputColumn } from '../types.ts';
import { readArrowTexts } from './arrow-reader.ts';
import { FlatBuilder } from './flat-builder.ts';
import { type BlockBuilder, completeRow, type EncodedBlock, type FileFormat } from './format.ts';
import type { RowParts } from './row-parts.ts';

const utf8 = new TextEncoder();

/** Arrow's stream of record batches (IPC), with columns of texts that may be null. A block is a batch. */
export const arrow: FileFormat = {
  extension: 'arrow',
  blockRows: 1000,
  blockBytes: 8 << 20,
  head: (columns) => framed(schemaMessage(needed(columns).map(({ name }) => name))),
  block: (columns) => new BatchBuilder(needed(columns)),
  // A message without metadata ends the stream.
  tail: () => Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0),
  async *read(path) {
    for await (const row of readArrowTexts(path)) yield Buffer.from(`${JSON.stringify(row)}\n`);
  },
};

function needed(columns: readonly OutputColumn[] | undefined): readonly OutputColumn[] {
  if (!columns || columns.some(({ kind }) => kind !== 'text')) throw new Error('an Arrow file needs columns of texts');
  return columns;
}

class BatchBuilder implements BlockBuilder {
  private readonly rows: Fields[] = [];
  private readonly content = createHash('sha256');

  constructor(private readonly columns: readonly OutputColumn[]) {}

  add(row: Fields): void {
    this.content.update(`${writeJson(completeRow(row, this.columns))}\n`);
    this.rows.push(row);
  }

  addParts({ text }: RowParts): void {
    const value = parseJson(text.toString('utf8'));
    this.add(isJsonObject(value) ? value : {});
  }

  end(): EncodedBlock {
    const { rows } = this;
    const columns = this.columns.map(({ name }) => textColumn(rows.map((row) => row[name] ?? null)));
    const body = padded(columns.flatMap(({ buffers }) => buffers));
    const bytes = Buffer.concat([framed(batchMessage(rows.length, columns, body.places, body.bytes.length)), body.bytes]);
    return { bytes, rows: rows.length, content: this.content.digest('hex') };
  }
}

interface TextColumn {
  readonly nulls: number;
  /** Which values are there, a bit each (empty where all are); where each text ends; the texts. */
  readonly buffers: readonly Uint8Array[];
}

function textColumn(values: readonly unknown[]): TextColumn {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  const ends = new Int32Array(values.length + 1);
  const texts = values.map((value, i) => {
    if (value === null) return new Uint8Array();
    if (typeof value !== 'string') throw new TypeError('a column of texts cannot hold this value');
    bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    return utf8.encode(value);
  });
  texts.forEach((text, i) => (ends[i + 1] = (ends[i] ?? 0) + text.length));
  const nulls = values.filter((value) => value === null).length;
  return { nulls, buffers: [nulls === 0 ? new Uint8Array() : bits, new Uint8Array(ends.buffer), Buffer.concat(texts)] };
}

/** One behind another, each from a multiple of eight on. */
function padded(buffers: readonly Uint8Array[]): { bytes: Uint8Array; places: [offset: number, length: number][] } {
  let length = 0;
  const places = buffers.map((buffer): [number, number] => {
    const offset = length;
    length += Math.ceil(buffer.length / 8) * 8;
    return [offset, buffer.length];
  });
  const bytes = new Uint8Array(length);
  buffers.forEach((buffer, i) => bytes.set(buffer, places[i]?.[0]));
  return { bytes, places };
}

/** A message of the stream: a mark, the length of its metadata, which is a multiple of eight, the metadata. */
function framed(metadata: Uint8Array): Uint8Array {
  const length = Math.ceil(metadata.length / 8) * 8;
  const frame = new Uint8Array(8 + length);
  const view = new DataView(frame.buffer);
  view.setInt32(0, -1, true);
  view.setInt32(4, length, true);
  frame.set(metadata, 8);
  return frame;
}

// Numbers of org.apache.arrow.flatbuf (Message.fbs, Schema.fbs), format version 5.
const version = 4;
const header = { schema: 1, batch: 3 } as const;
const utf8Type = 5;

function message(flat: FlatBuilder, kind: number, place: number, bodyLength: number): Uint8Array {
  return flat.finish(
    flat.table([
      { size: 2, value: version },
      { size: 1, value: kind },
      { size: 'offset', value: place },
      { size: 8, value: bodyLength },
    ]),
  );
}

function schemaMessage(names: readonly string[]): Uint8Array {
  const flat = new FlatBuilder();
  const fields = names.map((given) => {
    const [name, children, type] = [flat.text(given), flat.offsets([]), flat.table([])];
    return flat.table([
      { size: 'offset', value: name },
      { size: 1, value: 1 },
      { size: 1, value: utf8Type },
      { size: 'offset', value: type },
      undefined,
      { size: 'offset', value: children },
    ]);
  });
  const list = flat.offsets(fields);
  return message(flat, header.schema, flat.table([undefined, { size: 'offset', value: list }]), 0);
}

function batchMessage(rows: number, columns: readonly TextColumn[], places: readonly [number, number][], bodyLength: number): Uint8Array {
  const flat = new FlatBuilder();
  const buffers = flat.structs(places);
  const nodes = flat.structs(columns.map(({ nulls }) => [rows, nulls]));
  const batch = flat.table([
    { size: 8, value: rows },
    { size: 'offset', value: nodes },
    { size: 'offset', value: buffers },
  ]);
  return message(flat, header.batch, batch, bodyLength);
}
