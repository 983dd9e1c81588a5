import { CellKind } from '../index/types.ts';
import type { LineError } from './kernel-words.ts';
import { judgeLine, type ScannedLine } from './line-verdict.ts';
import type { InvalidLineInSegment, Segment } from './segment.ts';

/** An object, and no error. */
const validTag = CellKind.object << 8;

type SegmentLines = Pick<Segment, 'starts' | 'ends' | 'lines' | 'valid' | 'invalid'>;

/** Collects the lines of a segment as the kernel reports them. */
export class LineBuffer {
  private length = 0;
  private starts = new Float64Array(256);
  private ends = new Float64Array(256);
  private lines = new Uint32Array(256);
  /** LineError | kind of the value << 8 */
  private tags = new Uint16Array(256);
  private readonly errorOffsets: number[] = [];

  clear(): void {
    this.length = 0;
    this.errorOffsets.length = 0;
  }

  push(start: number, end: number, line: number, tag: number, errorOffset: number): void {
    if (this.length === this.starts.length) this.grow();
    const row = this.length++;
    this.starts[row] = start;
    this.ends[row] = end;
    this.lines[row] = line;
    this.tags[row] = tag;
    if (errorOf(tag) !== 0) this.errorOffsets.push(errorOffset);
  }

  /** All lines, each with its verdict. `isUnfinished`: the file ends inside the last of them. */
  take({ isUnfinished, peek }: { isUnfinished: boolean; peek: ScannedLine['peek'] }): SegmentLines {
    const { length } = this;
    const valid = new Uint8Array(length);
    const invalid: InvalidLineInSegment[] = [];
    let nextError = 0;
    for (let row = 0; row < length; row++) {
      const tag = this.tags[row] ?? 0;
      if (tag === validTag) {
        valid[row] = 1;
        continue;
      }
      const verdict = judgeLine({
        start: this.starts[row] ?? 0,
        end: this.ends[row] ?? 0,
        rootKind: tag >> 8,
        error: errorOf(tag),
        errorOffset: errorOf(tag) === 0 ? 0 : (this.errorOffsets[nextError++] ?? 0),
        isUnfinished: isUnfinished && row === length - 1,
        peek,
      });
      if (verdict) invalid.push({ row, ...verdict });
    }
    const lines = { starts: this.starts.slice(0, length), ends: this.ends.slice(0, length), lines: this.lines.slice(0, length) };
    return { ...lines, valid, invalid };
  }

  private grow(): void {
    const { starts, ends, lines, tags } = this;
    const capacity = this.length * 2;
    this.starts = new Float64Array(capacity);
    this.ends = new Float64Array(capacity);
    this.lines = new Uint32Array(capacity);
    this.tags = new Uint16Array(capacity);
    this.starts.set(starts);
    this.ends.set(ends);
    this.lines.set(lines);
    this.tags.set(tags);
  }
}

/** The low byte is a LineError: the kernel writes nothing else there. */
function errorOf(tag: number): LineError {
  return (tag & 0xff) as LineError;
}
