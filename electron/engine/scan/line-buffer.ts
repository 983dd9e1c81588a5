import type { LineError } from './kernel-words.ts';
import { judgeLine, type ScannedLine } from './line-verdict.ts';
import type { InvalidLineInSegment, Segment } from './segment.ts';

type SegmentLines = Pick<Segment, 'starts' | 'ends' | 'lines' | 'valid' | 'invalid'>;

/** Some lines as the kernel keeps them: arrays of one entry a line, good until the kernel goes on. */
interface LineBlock {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lines: Uint32Array;
  readonly valid: Uint8Array;
  /** LineError | kind of the value << 8, and the offset of the error: only where the line is not valid. */
  readonly tags: Uint16Array;
  readonly errorOffsets: Float64Array;
  readonly invalidCount: number;
}

/** A line that is no rollout. */
interface Suspect {
  readonly row: number;
  readonly tag: number;
  readonly errorOffset: number;
}

/** Collects the lines of a segment as the kernel reports them. */
export class LineBuffer {
  private length = 0;
  private starts = new Float64Array(256);
  private ends = new Float64Array(256);
  private lines = new Uint32Array(256);
  private valid = new Uint8Array(256);
  private readonly suspects: Suspect[] = [];

  clear(): void {
    this.length = 0;
    this.suspects.length = 0;
  }

  append({ starts, ends, lines, valid, tags, errorOffsets, invalidCount }: LineBlock): void {
    const first = this.length;
    this.length += starts.length;
    if (this.length > this.starts.length) this.grow();
    this.starts.set(starts, first);
    this.ends.set(ends, first);
    this.lines.set(lines, first);
    this.valid.set(valid, first);
    for (let at = -1, left = invalidCount; left > 0; left--) {
      at = valid.indexOf(0, at + 1);
      this.suspects.push({ row: first + at, tag: tags[at] ?? 0, errorOffset: errorOffsets[at] ?? 0 });
    }
  }

  /** All lines, each with its verdict; the buffer is empty afterwards. `isUnfinished`: the file ends inside the last of them. */
  take({ isUnfinished, peek }: { isUnfinished: boolean; peek: ScannedLine['peek'] }): SegmentLines {
    const { length, starts, ends, lines, valid, suspects } = this;
    const invalid = suspects.flatMap(({ row, tag, errorOffset }): InvalidLineInSegment[] => {
      const error = errorOf(tag);
      const line = { start: starts[row] ?? 0, end: ends[row] ?? 0, rootKind: tag >> 8, error, errorOffset, peek };
      const verdict = judgeLine({ ...line, isUnfinished: isUnfinished && row === length - 1 });
      return verdict ? [{ row, ...verdict }] : [];
    });
    this.clear();
    return {
      starts: starts.slice(0, length),
      ends: ends.slice(0, length),
      lines: lines.slice(0, length),
      valid: valid.slice(0, length),
      invalid,
    };
  }

  private grow(): void {
    const { starts, ends, lines, valid } = this;
    const capacity = Math.max(this.length, starts.length * 2);
    this.starts = new Float64Array(capacity);
    this.ends = new Float64Array(capacity);
    this.lines = new Uint32Array(capacity);
    this.valid = new Uint8Array(capacity);
    this.starts.set(starts);
    this.ends.set(ends);
    this.lines.set(lines);
    this.valid.set(valid);
  }
}

/** The low byte is a LineError: the kernel writes nothing else there. */
function errorOf(tag: number): LineError {
  return (tag & 0xff) as LineError;
}
