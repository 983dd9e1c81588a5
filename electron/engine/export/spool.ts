import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** A spool as threads know it: they write into it at the same time, each behind what any has begun. */
export interface SentSpool {
  readonly fd: number;
  /** Entry 0: where the next texts go. Shared. */
  readonly end: BigInt64Array;
}

/** Writes texts into a spool; answers where they lie, or undefined where the disk has no room for them. */
export function writeSpooled({ fd, end }: SentSpool, texts: Uint8Array): number | undefined {
  const start = Number(Atomics.add(end, 0, BigInt(texts.length)));
  try {
    for (let done = 0; done < texts.length;) done += writeSync(fd, texts, done, texts.length - done, start + done);
    return start;
  } catch {
    // The room is for the export itself.
    return undefined;
  }
}

/**
 * What planning has mapped, in a file without a name that lasts as long as the export: rows need not be mapped a second time to be
 * written. Where the disk has no room for it, they are.
 */
export class Spool {
  private readonly starts: Float64Array;
  private readonly lengths: Float64Array;
  private readonly end = new BigInt64Array(new SharedArrayBuffer(8));
  private isWhole = true;

  constructor(
    private readonly file: FileHandle,
    rowCount: number,
  ) {
    this.starts = new Float64Array(rowCount);
    this.lengths = new Float64Array(rowCount);
  }

  get fd(): number {
    return this.file.fd;
  }

  /** For whoever maps more rows; undefined once there was no room. */
  get sent(): SentSpool | undefined {
    return this.isWhole ? { fd: this.file.fd, end: this.end } : undefined;
  }

  /** Notes where the texts of rows lie, one behind another as lines, each as long as is said and a newline; undefined: nowhere. */
  async note(start: number | undefined, rows: readonly { readonly row: number; readonly bytes: number }[]): Promise<void> {
    if (start === undefined) {
      this.isWhole = false;
      await this.file.truncate(0).catch(() => undefined);
      return;
    }
    let at = start;
    for (const { row, bytes } of rows) {
      this.starts[row] = at;
      this.lengths[row] = bytes;
      at += bytes + 1;
    }
  }

  /** Whether all that was mapped can be read; what is left of it is of no use otherwise. */
  async isReadable(): Promise<boolean> {
    if (!this.isWhole) await this.file.truncate(0).catch(() => undefined);
    return this.isWhole;
  }

  /** Where the text of a row lies. */
  place(row: number): { readonly start: number; readonly end: number } {
    const start = this.starts[row] ?? 0;
    return { start, end: start + (this.lengths[row] ?? 0) };
  }
}
