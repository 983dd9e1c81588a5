import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const syncBytes = 32 << 20;

/** A file that is written from its beginning to its end; its hash is taken on the way. */
export class OutputFile {
  /** What has been accepted. */
  bytes = 0;
  private readonly hash = createHash('sha256');
  private writing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();
  private unsynced = 0;

  constructor(private readonly file: FileHandle) {}

  get fd(): number {
    return this.file.fd;
  }

  /** Resolves when more may come: these bytes go to the disk meanwhile, and must stay as they are until `done` is called. */
  async append(bytes: Uint8Array, done?: (bytes: Uint8Array) => void): Promise<void> {
    const at = this.bytes;
    this.bytes += bytes.length;
    this.hash.update(bytes);
    await this.writing;
    this.writing = this.write(bytes, at).then(() => done?.(bytes));
    this.writing.catch(() => undefined); // met at the next await
  }

  /** The same of bytes that someone else has written to where they belong. */
  async appended(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    this.hash.update(bytes);
    await this.wrote(bytes.length);
  }

  /** sha256 of it all, in hex. */
  async end(): Promise<string> {
    await this.writing;
    await this.syncing;
    return this.hash.digest('hex');
  }

  private async write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    await this.wrote(bytes.length);
  }

  /** The disk is kept busy all along: at the end everything must have reached it. */
  private async wrote(bytes: number): Promise<void> {
    this.unsynced += bytes;
    if (this.unsynced < syncBytes) return;
    this.unsynced = 0;
    await this.syncing;
    this.syncing = this.file.datasync();
    this.syncing.catch(() => undefined); // met at the next await
  }
}
