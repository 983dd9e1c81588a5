import { type FileHandle, open } from 'node:fs/promises';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Rows of a stream of record batches whose columns are texts, read by the words of Arrow's format alone. */
export async function* readArrowTexts(path: string): AsyncGenerator<Record<string, string | null>> {
  const file = await open(path, 'r');
  try {
    let names: readonly string[] = [];
    for (;;) {
      const frame = view(await readBytes(file, 8));
      if (frame.getInt32(0, true) !== -1) throw new Error('a message begins with another mark');
      const length = frame.getInt32(4, true);
      if (length === 0) return;
      const metadata = Table.root(view(await readBytes(file, length)));
      const header = metadata.table(2);
      const body = await readBytes(file, metadata.int64(3));
      if (metadata.byte(1) === 1) names = header.tables(1).map((field) => field.text(0));
      else yield* rowsOf(header, names, view(body));
    }
  } finally {
    await file.close();
  }
}

async function readBytes(file: FileHandle, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, null);
  if (bytesRead !== length) throw new Error('the file ends too early');
  return buffer;
}

function* rowsOf(batch: Table, names: readonly string[], body: DataView): Generator<Record<string, string | null>> {
  const rows = batch.int64(0);
  const buffers = batch.pairs(2);
  const nulls = batch.pairs(1).map(([, count]) => count);
  const columns = names.map((_, column) => {
    const [present, ends, texts] = buffers.slice(3 * column, 3 * column + 3);
    if (!present || !ends || !texts) throw new Error('a column lacks a buffer');
    const endOf = (row: number): number => body.getInt32(ends[0] + 4 * row, true);
    return (row: number): string | null => {
      const isNull = (nulls[column] ?? 0) > 0 && (body.getUint8(present[0] + (row >> 3)) & (1 << (row & 7))) === 0;
      const start = body.byteOffset + texts[0];
      return isNull ? null : decoder.decode(new Uint8Array(body.buffer, start + endOf(row), endOf(row + 1) - endOf(row)));
    };
  });
  for (let row = 0; row < rows; row++) yield Object.fromEntries(names.map((name, column) => [name, columns[column]?.(row) ?? null]));
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A table of a FlatBuffer; fields are asked for by slot, and must be there. */
class Table {
  private constructor(
    private readonly data: DataView,
    private readonly at: number,
  ) {}

  static root(data: DataView): Table {
    return new Table(data, data.getInt32(0, true));
  }

  byte(slot: number): number {
    return this.data.getUint8(this.place(slot));
  }

  int64(slot: number): number {
    return Number(this.data.getBigInt64(this.place(slot), true));
  }

  table(slot: number): Table {
    return new Table(this.data, this.target(this.place(slot)));
  }

  tables(slot: number): Table[] {
    const { start, length } = this.list(slot);
    return Array.from({ length }, (_, i) => new Table(this.data, this.target(start + 4 * i)));
  }

  text(slot: number): string {
    const { start, length } = this.list(slot);
    return decoder.decode(new Uint8Array(this.data.buffer, this.data.byteOffset + start, length));
  }

  /** Structs of two 64-bit numbers. */
  pairs(slot: number): [number, number][] {
    const { start, length } = this.list(slot);
    const number = (i: number): number => Number(this.data.getBigInt64(start + 8 * i, true));
    return Array.from({ length }, (_, i) => [number(2 * i), number(2 * i + 1)]);
  }

  private list(slot: number): { start: number; length: number } {
    const at = this.target(this.place(slot));
    return { start: at + 4, length: this.data.getInt32(at, true) };
  }

  private target(at: number): number {
    return at + this.data.getInt32(at, true);
  }

  private place(slot: number): number {
    const slots = this.at - this.data.getInt32(this.at, true);
    const offset = 4 + 2 * slot < this.data.getUint16(slots, true) ? this.data.getUint16(slots + 4 + 2 * slot, true) : 0;
    if (offset === 0) throw new Error(`a message lacks its field ${slot}`);
    return this.at + offset;
  }
}
