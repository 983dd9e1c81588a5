import { Buffer } from 'node:buffer';
import { CellKind } from '../index/types.ts';
import { CellBuffer } from './cell-buffer.ts';
import { type ColumnSource, declareFields, element, type FieldNodes } from './fields.ts';
import { type KernelExports, instantiateKernel } from './kernel.ts';
import { CellOrder, NO_TEXT_CODE, recordBytes } from './kernel-words.ts';
import { LineBuffer } from './line-buffer.ts';
import { FileShrank, type ReadAt, readFully } from './read-at.ts';
import type { LineScanner, Segment, SegmentColumn, SegmentRange, SegmentTexts } from './segment.ts';
import { decodeWtf8 } from './wtf8.ts';

const defaultChunkBytes = 256 << 10;

/** Hosts one kernel: feeds it chunks of a file and turns its cells into columns, segment by segment. */
export class Scanner implements LineScanner {
  // Views are taken once: the kernel grows its memory in init() only, and growth would detach them.
  private readonly bytes: Uint8Array;
  private readonly u32: Uint32Array;
  private readonly f64: Float64Array;
  private readonly inAt: number;
  private readonly nodes: FieldNodes;
  /** By node; null where a node is no column. */
  private readonly buffers: (CellBuffer | null | undefined)[] = [];
  private readonly lines = new LineBuffer();
  private readonly seed = Math.random();

  constructor(
    private readonly chunkBytes = defaultChunkBytes,
    private readonly kernel: KernelExports = instantiateKernel(),
  ) {
    if (chunkBytes % 64 !== 0 || chunkBytes > kernel.chunkMax()) throw new Error(`chunks of ${chunkBytes} bytes`);
    const { buffer } = kernel.memory;
    this.bytes = new Uint8Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.inAt = kernel.inAt();
    this.nodes = declareFields({
      define: (parent, name, flags = 0, meaning = 0) => {
        const nameBytes = name === element ? Uint8Array.of(0xff) : Buffer.from(name);
        this.bytes.set(nameBytes, this.inAt);
        return kernel.define(parent, nameBytes.length, flags, meaning);
      },
      setElement: (list, of) => kernel.setElement(list, of),
      setFactColumn: (factColumn, node) => kernel.setFactColumn(factColumn, node),
      setMessages: (node) => kernel.setMessages(node),
    });
  }

  *scan(read: ReadAt, range: SegmentRange): Generator<void, Segment> {
    const { bytes, inAt, kernel } = this;
    const { to, size } = range;
    const firstRow = kernel.rowNumber();
    for (const buffer of this.buffers) if (buffer) buffer.length = 0;
    this.lines.clear();

    let isUnfinished = false;
    let position = yield* this.firstLine(read, range);
    kernel.reset(position, this.seed);
    // The first line may begin after the end of a first range of two bytes: behind a byte order mark.
    if (position < size && (position < to || range.from === 0)) {
      while (true) {
        let length = this.fill(read, position, size);
        let isLast = false;
        if (to < size && position + length >= to) {
          // Past the end of the range only to the end of the line begun in it.
          const from = Math.max(0, to - 1 - position);
          const newline = bytes.subarray(inAt + from, inAt + length).indexOf(10);
          if (newline >= 0) {
            length = from + newline + 1;
            isLast = true;
          }
        }
        position += length;
        isLast ||= position >= size;
        if (position >= size && bytes[inAt + length - 1] !== 10) {
          isUnfinished = true;
          bytes[inAt + length++] = 10;
        }
        this.feed(length);
        if (isLast) break;
        yield;
      }
    }
    return this.take(read, { firstRow, isUnfinished, size });
  }

  /** Where the first line begins that belongs to the range: the line that runs into it belongs to the one before. */
  private *firstLine(read: ReadAt, { from, to, size }: SegmentRange): Generator<void, number> {
    const { bytes, inAt } = this;
    if (from === 0) {
      const length = this.fill(read, 0, Math.min(size, 3));
      return length === 3 && bytes[inAt] === 0xef && bytes[inAt + 1] === 0xbb && bytes[inAt + 2] === 0xbf ? 3 : 0;
    }
    for (let position = from - 1; position < Math.min(to, size);) {
      const length = this.fill(read, position, Math.min(size, to));
      const newline = bytes.subarray(inAt, inAt + length).indexOf(10);
      if (newline >= 0) return position + newline + 1;
      position += length;
      yield;
    }
    return to;
  }

  /** Fills the chunk from a position on; short only at `size`. */
  private fill(read: ReadAt, position: number, size: number): number {
    const wanted = Math.min(this.chunkBytes, size - position);
    let length = 0;
    while (length < wanted) {
      const got = read(this.bytes, this.inAt + length, wanted - length, position + length);
      if (got === 0) throw new FileShrank();
      length += got;
    }
    return length;
  }

  /** `length` bytes lie at inAt; pads them to whole blocks with spaces, which mean nothing outside a token. */
  private feed(length: number): void {
    const padded = (length + 63) & ~63;
    this.bytes.fill(0x20, this.inAt + length, this.inAt + padded);
    this.kernel.feed(padded);
    while (this.kernel.step()) this.drain();
    this.drain();
  }

  private drain(): void {
    this.drainLines();
    this.drainCells();
    this.kernel.drained();
  }

  private drainLines(): void {
    const { u32, f64, lines } = this;
    const end = this.kernel.linesEnd();
    for (let at = this.kernel.linesAt(); at < end; at += recordBytes.line) {
      const word = at >> 2;
      const double = at >> 3;
      lines.push(f64[double] ?? 0, f64[double + 1] ?? 0, u32[word + 7] ?? 0, u32[word + 6] ?? 0, f64[double + 2] ?? 0);
    }
  }

  private drainCells(): void {
    const { u32, f64, buffers } = this;
    const end = this.kernel.cellsEnd();
    for (let at = this.kernel.cellsAt(); at < end; at += recordBytes.cell) {
      const word = at >> 2;
      const row = u32[word] ?? 0;
      const tag = u32[word + 1] ?? 0;
      const node = tag & 0xffff;
      const kind = tag >>> 16;
      if (kind === CellOrder.clearRow) {
        for (const buffer of buffers) buffer?.dropRow(row);
        continue;
      }
      if (kind === CellOrder.reset) {
        this.dropUnder(node, row);
        continue;
      }
      const known = buffers[node];
      const buffer = known === undefined ? this.bufferOf(node) : known;
      if (buffer === null) continue;
      const offset = f64[(at >> 3) + 2] ?? 0;
      if (kind <= CellKind.number) buffer.push(row, kind, f64[(at >> 3) + 1] ?? 0, NO_TEXT_CODE, offset);
      else if (kind === CellOrder.digits) this.pushDigits(buffer, row, word, offset);
      else
        buffer.push(row, kind, offset, kind === CellKind.string || kind === CellKind.exact ? (u32[word + 2] ?? 0) : NO_TEXT_CODE, offset);
    }
  }

  /** A number that needs correct rounding; one too large for a double keeps its digits, in the file. */
  private pushDigits(buffer: CellBuffer, row: number, word: number, offset: number): void {
    const at = this.u32[word + 2] ?? 0;
    const length = this.u32[word + 3] ?? 0;
    const value = Number(Buffer.from(this.bytes.buffer, at, length).toString('latin1'));
    if (Number.isFinite(value)) buffer.push(row, CellKind.number, value, NO_TEXT_CODE, offset);
    else buffer.push(row, CellKind.exact, offset, NO_TEXT_CODE, offset);
  }

  private dropUnder(ancestor: number, row: number): void {
    this.buffers.forEach((buffer, node) => {
      if (!buffer) return;
      for (let at = node; at !== 0; at = this.parentOf(at)) {
        if (at === ancestor) {
          buffer.dropRow(row);
          return;
        }
      }
    });
  }

  private bufferOf(node: number): CellBuffer | null {
    const source = this.sourceOf(node);
    const buffer = source && new CellBuffer(source);
    this.buffers[node] = buffer;
    return buffer;
  }

  private sourceOf(node: number): ColumnSource | null {
    const { derived, parents } = this.nodes;
    const name = derived.get(node);
    if (name !== undefined) return { scope: 'derived', key: name };
    const scope = parents.get(this.parentOf(node));
    return scope ? { scope, key: this.nameOf(node) } : null;
  }

  private parentOf(node: number): number {
    return this.u32[((this.kernel.nodesAt() + node * recordBytes.node) >> 2) + 2] ?? 0;
  }

  private nameOf(node: number): string {
    const word = (this.kernel.nodesAt() + node * recordBytes.node) >> 2;
    const at = this.u32[word] ?? 0;
    return decodeWtf8(this.bytes.subarray(at, at + (this.u32[word + 1] ?? 0)));
  }

  /** Everything found since the segment began. */
  private take(read: ReadAt, { firstRow, isUnfinished, size }: { firstRow: number; isUnfinished: boolean; size: number }): Segment {
    const { kernel } = this;
    const lines = this.lines.take({ isUnfinished, peek: (offset, length) => readFully(read, offset, Math.min(length, size - offset)) });
    const rowCount = lines.valid.length;
    return {
      rowCount,
      ...lines,
      blankLines: kernel.blankLines(),
      cutLastLine: lines.invalid.at(-1)?.rule === 'json/cut',
      texts: this.texts(),
      columns: this.columns(firstRow, rowCount),
      droppedKeys: kernel.droppedKeys(),
    };
  }

  private texts(): SegmentTexts {
    const { kernel, u32 } = this;
    const count = kernel.stringCount();
    const at = kernel.stringBytesAt();
    const ends = new Uint32Array(count);
    for (let i = 0, word = kernel.stringEntriesAt() >> 2, end = 0; i < count; i++, word += recordBytes.string >> 2) {
      end += u32[word + 1] ?? 0;
      ends[i] = end;
    }
    return { bytes: this.bytes.slice(at, at + kernel.stringByteLength()), ends };
  }

  /** Columns in the order in which their fields first appear. */
  private columns(firstRow: number, rowCount: number): SegmentColumn[] {
    const filled = this.buffers.flatMap((buffer) => (buffer && buffer.length > 0 ? [buffer] : []));
    filled.sort((a, b) => a.firstRow - b.firstRow || a.firstOffset - b.firstOffset);
    return filled.map((buffer) => buffer.take(firstRow, rowCount));
  }
}
