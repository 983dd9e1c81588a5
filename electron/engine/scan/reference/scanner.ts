import { CellKind } from '../../index/types.ts';
import type { ScanWhat } from '../fields.ts';
import { LineError } from '../kernel-words.ts';
import { judgeLine } from '../line-verdict.ts';
import { findPartial } from '../partial.ts';
import type { ReadAt } from '../read-at.ts';
import type { InvalidLineInSegment, LineScanner, Segment, SegmentRange } from '../segment.ts';
import { ReferenceColumns } from './columns.ts';
import { firstError } from './first-error.ts';
import { linesOf, type RawLine } from './lines.ts';
import { RowReader } from './rows.ts';
import { TextTable } from './texts.ts';
import { isBlank, ValueReader } from './values.ts';

const defaultChunkBytes = 256 << 10;

/**
 * Scans as the kernel does, in plain TypeScript and one line at a time: what runs where WebAssembly has no SIMD, and what the
 * kernel is held to. Takes the memory of the longest line, and the time of reading every byte a few times.
 */
export class ReferenceScanner implements LineScanner {
  private readonly columns = new ReferenceColumns();
  private readonly chunkBytes: number;
  private readonly what: ScanWhat;

  constructor({ chunkBytes = defaultChunkBytes, what = 'all' }: { readonly chunkBytes?: number; readonly what?: ScanWhat } = {}) {
    this.chunkBytes = chunkBytes;
    this.what = what;
  }

  *scan(read: ReadAt, range: SegmentRange): Generator<void, Segment> {
    this.columns.droppedKeys = 0;
    const texts = new TextTable();
    const rows = new RowReader(this.columns, texts, this.what);
    const starts: number[] = [];
    const ends: number[] = [];
    const lines: number[] = [];
    const valid: number[] = [];
    const invalid: InvalidLineInSegment[] = [];
    let lineNumber = 0;
    for (const line of linesOf(read, range, this.chunkBytes)) {
      if (line === undefined) {
        yield;
        continue;
      }
      if (!line.bytes.every(isBlank)) {
        const row = starts.push(line.start) - 1;
        ends.push(line.start + line.bytes.length);
        lines.push(lineNumber);
        const verdict = judge(line);
        valid.push(verdict ? 0 : 1);
        if (verdict) invalid.push({ row, ...verdict });
        else rows.read(row, line);
      }
      lineNumber++;
    }
    const rowCount = starts.length;
    const { droppedKeys, isOpen } = this.columns;
    const columns = this.columns.take(rowCount);
    return {
      rowCount,
      starts: Float64Array.from(starts),
      ends: Float64Array.from(ends),
      lines: Uint32Array.from(lines),
      valid: Uint8Array.from(valid),
      invalid,
      blankLines: lineNumber - rowCount,
      cutLastLine: invalid.at(-1)?.rule === 'json/cut',
      texts: texts.all(),
      columns,
      droppedKeys,
      partial: findPartial({ droppedKeys, hasRoom: isOpen, known: () => this.columns.known(), columns }),
      hashed: this.what !== 'columns',
    };
  }
}

/** Why a line is no rollout, or null where it is one. */
function judge({ bytes, start, isUnfinished }: RawLine): ReturnType<typeof judgeLine> {
  const error = firstError(bytes);
  return judgeLine({
    start,
    end: start + bytes.length,
    rootKind: error ? CellKind.missing : new ValueReader(bytes).rootKind(),
    error: error?.error ?? LineError.none,
    errorOffset: start + (error?.offset ?? 0),
    isUnfinished,
    peek: (offset, length) => bytes.subarray(offset - start, offset - start + length),
  });
}
