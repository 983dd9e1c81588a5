import type { Segment } from '../scan/segment.ts';
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
}

type PlacedLines = Pick<Segment, 'rowCount' | 'blankLines' | 'starts' | 'ends' | 'lines'>;

/** Where each row lies: 20 bytes a row, kept as the segments brought them. */
export class Places {
  rowCount = 0;
  private readonly segments: PlacedSegment[] = [];
  private linesSoFar = 0;

  get segmentCount(): number {
    return this.segments.length;
  }

  /** Appends the rows of a segment. Segments come in file order. */
  add(file: number, { rowCount, blankLines, starts, ends, lines }: PlacedLines): void {
    if (this.segments.at(-1)?.file !== file) this.linesSoFar = 0;
    this.segments.push({ file, firstRow: this.rowCount, firstLine: this.linesSoFar, starts, ends, lines });
    this.rowCount += rowCount;
    this.linesSoFar += rowCount + blankLines;
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
    const { segments } = this;
    const found =
      segments[
        lastIndex(segments.length, (i) => {
          const segment = segments[i];
          return segment !== undefined && (segment.file < file || (segment.file === file && segment.firstLine < line));
        })
      ];
    if (!found || found.file !== file) return undefined;
    const within = line - 1 - found.firstLine;
    const at = lastIndex(found.lines.length, (i) => (found.lines[i] ?? 0) <= within);
    return found.lines[at] === within ? found.firstRow + at : undefined;
  }
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
