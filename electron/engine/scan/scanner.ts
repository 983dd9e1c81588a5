import { Buffer } from 'node:buffer';
import { limits } from '#shared/limits.ts';
import { CellBuffer, type CellBlock } from './cell-buffer.ts';
import { type ColumnSource, declareFields, element, type FieldDeclarer, type FieldNodes, type ScanWhat } from './fields.ts';
import { type KernelCode, kernelCode, type KernelExports, kernelOf } from './kernel.ts';
import { recordBytes } from './kernel-words.ts';
import { LineBuffer } from './line-buffer.ts';
import { FileShrank, type ReadAt, readFully } from './read-at.ts';
import { findPartial, room } from './partial.ts';
import type { LineScanner, Segment, SegmentColumn, SegmentRange, SegmentTexts } from './segment.ts';
import { decodeWtf8 } from './wtf8.ts';

const defaultChunkBytes = 256 << 10;

interface NodeColumn {
  readonly source: ColumnSource;
  readonly cells: CellBuffer;
}

/** Of a cell in a block: value, row, code and kind. */
const cellBytes = 8 + 4 + 4 + 1;

export interface ScannerOptions {
  readonly chunkBytes?: number;
  readonly what?: ScanWhat;
  readonly code?: KernelCode;
  readonly kernel?: KernelExports | undefined;
}

/** Hosts one kernel: feeds it chunks of a file and turns its cells into columns, segment by segment. */
export class Scanner implements LineScanner {
  // Views are taken once: the kernel grows its memory in init() only, and growth would detach them.
  private readonly bytes: Uint8Array;
  private readonly u32: Uint32Array;
  private readonly f64: Float64Array;
  private readonly u16: Uint16Array;
  private readonly inAt: number;
  private readonly nodes: FieldNodes;
  /** By node, for those that have had cells; null where a node is no column. */
  private readonly columns: (NodeColumn | null | undefined)[] = [];
  private readonly lines = new LineBuffer();
  private readonly seed = Math.random();
  /** By the segments before. */
  private droppedBefore = 0;

  private readonly chunkBytes: number;
  private readonly what: ScanWhat;
  private readonly kernel: KernelExports;

  /** `kernel`: another than one of `code`. */
  constructor({ chunkBytes = defaultChunkBytes, what = 'all', code = kernelCode(), kernel }: ScannerOptions = {}) {
    kernel ??= kernelOf(what === 'columns' ? code.plain : code.hashing);
    this.chunkBytes = chunkBytes;
    this.what = what;
    this.kernel = kernel;
    if (chunkBytes % 64 !== 0 || chunkBytes > kernel.chunkMax()) throw new Error(`chunks of ${chunkBytes} bytes`);
    const { buffer } = kernel.memory;
    this.bytes = new Uint8Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.inAt = kernel.inAt();
    const declarer: FieldDeclarer = {
      define: (parent, name, flags = 0, meaning = 0) => {
        const nameBytes = name === element ? Uint8Array.of(0xff) : Buffer.from(name);
        this.bytes.set(nameBytes, this.inAt);
        return kernel.define(parent, nameBytes.length, flags, meaning);
      },
      setElement: (list, of) => kernel.setElement(list, of),
      setFactColumn: (factColumn, node) => kernel.setFactColumn(factColumn, node),
      setMessages: (node) => kernel.setMessages(node),
    };
    this.nodes = declareFields(declarer, what);
  }

  *scan(read: ReadAt, range: SegmentRange): Generator<void, Segment> {
    const { bytes, inAt, kernel } = this;
    const { to, size } = range;
    for (const column of this.columns) column?.cells.clear();
    this.lines.clear();
    this.droppedBefore = this.kernel.droppedKeys();

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
    return this.take(read, { isUnfinished, size });
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
  }

  /** Copies what the kernel has found. */
  private drain(): void {
    const { kernel } = this;
    this.drainLines();
    for (let node = 1, end = kernel.nodeCount(); node < end; node++) if (kernel.firstBlock(node) !== 0) this.drainColumn(node);
    kernel.drained();
  }

  private drainLines(): void {
    const { bytes, kernel, f64, u16, u32 } = this;
    const count = kernel.lineCount();
    const doubles = (address: number): Float64Array => f64.subarray(address >> 3, (address >> 3) + count);
    const tagsAt = kernel.lineTagsAt() >> 1;
    this.lines.append({
      starts: doubles(kernel.lineStartsAt()),
      ends: doubles(kernel.lineEndsAt()),
      lines: u32.subarray(kernel.lineNumbersAt() >> 2, (kernel.lineNumbersAt() >> 2) + count),
      valid: bytes.subarray(kernel.lineValidAt(), kernel.lineValidAt() + count),
      tags: u16.subarray(tagsAt, tagsAt + count),
      errorOffsets: doubles(kernel.lineErrorOffsetsAt()),
      invalidCount: kernel.invalidCount(),
    });
  }

  /** Copies the blocks of a column: all but the last are full. */
  private drainColumn(node: number): void {
    const { kernel, u32, columns } = this;
    const column = columns[node] === undefined ? (columns[node] = this.columnOf(node)) : columns[node];
    if (!column) return;
    const size = kernel.blockCells();
    const last = kernel.lastBlock(node);
    for (let block = kernel.firstBlock(node); block !== last; block = u32[(block + size * cellBytes) >> 2] ?? last)
      column.cells.append(this.blockAt(block, size));
    column.cells.append(this.blockAt(last, kernel.cellsInLastBlock(node)));
  }

  /** The first cells of a block: arrays of room for blockCells, one after the other. */
  private blockAt(address: number, cells: number): CellBlock {
    const size = this.kernel.blockCells();
    const double = address >> 3;
    const rows = (address >> 2) + size * 2;
    const codes = rows + size;
    const kinds = address + size * 16;
    return {
      values: this.f64.subarray(double, double + cells),
      rows: this.u32.subarray(rows, rows + cells),
      codes: this.u32.subarray(codes, codes + cells),
      kinds: this.bytes.subarray(kinds, kinds + cells),
    };
  }

  private columnOf(node: number): NodeColumn | null {
    const source = this.sourceOf(node);
    return source && { source, cells: new CellBuffer() };
  }

  private sourceOf(node: number): ColumnSource | null {
    const { derived, parents } = this.nodes;
    const name = derived.get(node);
    if (name !== undefined) return { scope: 'derived', key: name };
    const scope = parents.get(this.parentOf(node));
    return scope ? { scope, key: this.nameOf(node) } : null;
  }

  /** All fields that have a node. */
  private known(): ColumnSource[] {
    const known: ColumnSource[] = [];
    for (let node = 1, end = this.kernel.nodeCount(); node < end; node++) {
      const source = this.sourceOf(node);
      if (source) known.push(source);
    }
    return known;
  }

  /** Whether any key that is not too long would still get a node. */
  private hasRoom(): boolean {
    const count = this.kernel.nodeCount();
    const nameAt = (node: number): number => this.u32[(this.kernel.nodesAt() + node * recordBytes.node) >> 2] ?? 0;
    return count < room.nodes && nameAt(count - 1) - nameAt(1) < room.nameBytes - 2 * limits.keyBytes;
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
  private take(read: ReadAt, { isUnfinished, size }: { isUnfinished: boolean; size: number }): Segment {
    const { kernel } = this;
    this.drain();
    const lines = this.lines.take({ isUnfinished, peek: (offset, length) => readFully(read, offset, Math.min(length, size - offset)) });
    const rowCount = lines.valid.length;
    const columns = this.takeColumns(rowCount);
    const droppedKeys = kernel.droppedKeys() - this.droppedBefore;
    return {
      rowCount,
      ...lines,
      blankLines: kernel.blankLines(),
      cutLastLine: lines.invalid.at(-1)?.rule === 'json/cut',
      texts: this.texts(),
      columns,
      droppedKeys,
      partial: findPartial({ droppedKeys, hasRoom: this.hasRoom(), known: () => this.known(), columns }),
      hashed: this.what !== 'columns',
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
  private takeColumns(rowCount: number): SegmentColumn[] {
    const { kernel } = this;
    const filled = this.columns.flatMap((column, node) => {
      if (!column || kernel.columnTotal(node) === 0) return [];
      return [{ column, node, row: kernel.columnFirstRow(node), offset: kernel.columnOffset(node) }];
    });
    filled.sort((a, b) => a.row - b.row || a.offset - b.offset);
    return filled.map(({ column: { source, cells }, node }) => cells.take({ source, rowCount, isCoded: kernel.columnIsCoded(node) !== 0 }));
  }
}
