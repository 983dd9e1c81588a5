import { AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { Segment, SegmentRange } from '../scan/segment.ts';
import type { Stored } from '../saved/index.ts';
import type { RowPlace } from './types.ts';

interface PlacedSegment {
  readonly file: number;
  readonly firstRow: number;
  /** Physical lines of the file before the segment. */
  readonly firstLine: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lines: Uint32Array;
  readonly blankLines: number;
}

type PlacedLines = Pick<Segment, 'rowCount' | 'blankLines' | 'starts' | 'ends' | 'lines'>;

/** Where each row lies: 20 bytes a row, kept as the segments brought them. */
export class Places {
  rowCount = 0;
  private readonly segments: PlacedSegment[] = [];
  /** By file: the numbers of its segments, in order. */
  private readonly byFile = new Map<number, number[]>();

  constructor(private readonly mostRows: number = limits.rows) {}

  get segmentCount(): number {
    return this.segments.length;
  }

  /** Appends the rows of a segment. Those of one file come in its order; others may come in between. Fails with `unreadable` where there is no room. */
  add(file: number, lines: PlacedLines): void {
    this.requireRoom(this.rowCount + lines.rowCount);
    const number = this.segments.length;
    const before = this.byFile.get(file);
    const last = this.segments[before?.at(-1) ?? -1];
    const firstLine = last ? last.firstLine + last.lines.length + last.blankLines : 0;
    this.segments.push(placed({ file, firstRow: this.rowCount, firstLine }, lines));
    if (before) before.push(number);
    else this.byFile.set(file, [number]);
    this.rowCount += lines.rowCount;
  }

  /** Puts a segment in the place of another that begins alike, and has as many rows unless it is the last. Answers the rows that are not as they were. */
  replace(number: number, lines: PlacedLines): number[] {
    const before = this.segments[number] ?? raise(`segment ${number}`);
    this.requireRoom(before.firstRow + lines.rowCount);
    if (number === this.segments.length - 1) this.rowCount = before.firstRow + lines.rowCount;
    else if (lines.rowCount !== before.starts.length) throw new RangeError(`${lines.rowCount} rows for ${before.starts.length}`);
    this.segments[number] = placed(before, lines);
    return Array.from(before.ends.keys()).flatMap((at) => (before.ends[at] === lines.ends[at] ? [] : [before.firstRow + at]));
  }

  private requireRoom(rows: number): void {
    if (rows <= this.mostRows) return;
    const most = `A dataset has room for ${this.mostRows.toLocaleString('en')} lines, and there are more.`;
    throw new AppError('unreadable', `${most} What was read before is shown. Split the files, or open fewer at once.`);
  }

  /** The arrays of a segment, which `add` takes again. */
  save(segment: number): Stored {
    const { starts, ends, lines } = this.segments[segment] ?? raise(`segment ${segment}`);
    return { starts, ends, lines };
  }

  /** The number of the segment a row is in. */
  segmentOf(row: number): number {
    return lastIndex(this.segments.length, (i) => (this.segments[i]?.firstRow ?? 0) <= row);
  }

  /** The first row of a segment; of the one past the last, the number of rows. */
  firstRow(segment: number): number {
    return this.segments[segment]?.firstRow ?? this.rowCount;
  }

  /** Where the lines of a segment lie, and how many rows they are: scanned alone, they are the same lines. */
  rangeOf(segment: number): { readonly file: number; readonly range: SegmentRange; readonly rows: number } {
    const { file, starts, ends } = this.segments[segment] ?? raise(`segment ${segment}`);
    const [first] = this.byFile.get(file) ?? [];
    // The file may begin with a byte order mark.
    const from = segment === first ? 0 : (starts[0] ?? 0);
    const to = ends.at(-1) ?? from;
    return { file, range: { from, to, size: to }, rows: ends.length };
  }

  place(row: number): RowPlace {
    const segment = this.segments[this.segmentOf(row)];
    if (!segment || row >= this.rowCount || row < 0) throw new RangeError(`row ${row} of ${this.rowCount}`);
    const at = row - segment.firstRow;
    return {
      file: segment.file,
      line: segment.firstLine + (segment.lines[at] ?? 0) + 1,
      start: segment.starts[at] ?? 0,
      end: segment.ends[at] ?? 0,
    };
  }

  rowAtLine(file: number, line: number): number | undefined {
    const numbers = this.byFile.get(file) ?? [];
    const found = this.segments[numbers[lastIndex(numbers.length, (i) => (this.segments[numbers[i] ?? 0]?.firstLine ?? 0) < line)] ?? -1];
    if (!found) return undefined;
    const within = line - 1 - found.firstLine;
    const at = lastIndex(found.lines.length, (i) => (found.lines[i] ?? 0) <= within);
    return found.lines[at] === within ? found.firstRow + at : undefined;
  }
}

function placed(
  at: Pick<PlacedSegment, 'file' | 'firstRow' | 'firstLine'>,
  { starts, ends, lines, blankLines }: PlacedLines,
): PlacedSegment {
  return { file: at.file, firstRow: at.firstRow, firstLine: at.firstLine, starts, ends, lines, blankLines };
}

function raise(what: string): never {
  throw new RangeError(what);
}

/** The last i in [0, length) for which `holds`, where it holds for all before it; -1 where it holds for none. */
function lastIndex(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
