import type { FileHandle } from 'node:fs/promises';

/**
 * What planning has mapped, in a file without a name that lasts as long as the export: rows need not be mapped a second time to be
 * written. Where the disk has no room for it, they are.
 */
export class Spool {
  private readonly starts: Float64Array;
  private readonly lengths: Float64Array;
  private bytes = 0;
  private isWhole = true;
  private writing: Promise<void> = Promise.resolve();

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

  /** The texts of rows as lines, each as long as is said and a newline. Resolves when more may come. */
  async append(texts: Uint8Array, rows: readonly { readonly row: number; readonly bytes: number }[]): Promise<void> {
    let at = this.bytes;
    for (const { row, bytes } of rows) {
      this.starts[row] = at;
      this.lengths[row] = bytes;
      at += bytes + 1;
    }
    const start = this.bytes;
    this.bytes = at;
    await this.writing;
    this.writing = this.write(texts, start);
  }

  /** Whether all that was appended can be read. */
  async isReadable(): Promise<boolean> {
    await this.writing;
    return this.isWhole;
  }

  /** Where the text of a row lies. */
  place(row: number): { readonly start: number; readonly end: number } {
    const start = this.starts[row] ?? 0;
    return { start, end: start + (this.lengths[row] ?? 0) };
  }

  private async write(texts: Uint8Array, start: number): Promise<void> {
    if (!this.isWhole) return;
    try {
      for (let done = 0; done < texts.length;) {
        const { bytesWritten } = await this.file.write(texts, done, texts.length - done, start + done);
        done += bytesWritten;
      }
    } catch {
      // The room is for the export itself.
      this.isWhole = false;
      await this.file.truncate(0).catch(() => undefined);
    }
  }
}
