import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, rmSync, statfsSync, unlinkSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#shared/errors.ts';

const writeAt = promisify(write);

/** Room that a spool leaves to others on its disk. */
export const spoolMarginBytes = 512 << 20;
/** Between two looks at the room that is left. */
const checkBytes = 32 << 20;

export interface SpoolOptions {
  /** Free bytes where a folder is; undefined where the system does not tell. */
  readonly freeBytes?: (folder: string) => number | undefined;
}

/** Where a file cannot be taken out of its folder while it is open (Windows): removed at the latest when the process ends. */
const leftFolders = new Set<string>();
let removesAtExit = false;

/**
 * A private file that only grows, for bytes that cannot be read at any place where they come from. It lies in the folder for
 * temporary files (TMPDIR) without a name from the start, so that nothing of it stays, however the process ends.
 */
export class Spool {
  size = 0;
  private unchecked = 0;
  private isOpen = true;
  private isWriting = false;

  private constructor(
    /** What is kept, in messages. */
    private readonly of: string,
    readonly fd: number,
    private readonly leftFolder: string | undefined,
    private readonly freeBytes: (folder: string) => number | undefined,
  ) {}

  /** Fails with unwritable. */
  static create(of: string, { freeBytes = freeBytesAt }: SpoolOptions = {}): Spool {
    try {
      const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-'));
      const file = path.join(folder, 'spool');
      const fd = openSync(file, 'wx+', 0o600);
      const spool = new Spool(of, fd, isNameless(file, folder) ? undefined : folder, freeBytes);
      spool.unchecked = checkBytes;
      return spool;
    } catch (error) {
      throw error instanceof AppError ? error : noRoom(of, error);
    }
  }

  /** Fails with unwritable: the disk is full, or nearly so. */
  async append(bytes: Uint8Array): Promise<void> {
    this.unchecked += bytes.length;
    if (this.unchecked >= checkBytes) this.checkRoom();
    this.isWriting = true;
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await writeAt(this.fd, bytes, done, bytes.length - done, this.size);
        done += bytesWritten;
        this.size += bytesWritten;
      }
    } catch (error) {
      throw noRoom(this.of, error);
    } finally {
      this.isWriting = false;
      if (!this.isOpen) this.release();
    }
  }

  read(into: Uint8Array, at: number, length: number, position: number): number {
    return readSync(this.fd, into, at, length, position);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    // The number of the descriptor may soon be that of another file.
    if (!this.isWriting) this.release();
  }

  private release(): void {
    closeSync(this.fd);
    if (this.leftFolder === undefined) return;
    rmSync(this.leftFolder, { recursive: true, force: true });
    leftFolders.delete(this.leftFolder);
  }

  private checkRoom(): void {
    this.unchecked = 0;
    const free = this.freeBytes(tmpdir());
    if (free === undefined || free >= spoolMarginBytes) return;
    throw noRoom(this.of, undefined);
  }
}

/** Takes the file out of its folder, where the system allows that of an open file. */
function isNameless(file: string, folder: string): boolean {
  try {
    unlinkSync(file);
    rmdirSync(folder);
    return true;
  } catch {
    leftFolders.add(folder);
    if (!removesAtExit) process.once('exit', removeLeftFolders);
    removesAtExit = true;
    return false;
  }
}

function removeLeftFolders(): void {
  for (const folder of leftFolders) rmSync(folder, { recursive: true, force: true });
}

function freeBytesAt(folder: string): number | undefined {
  // Not in Node 16.
  if (typeof statfsSync !== 'function') return undefined;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

function noRoom(of: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new AppError(
    'unwritable',
    `${of} needs more room than there is in ${tmpdir()} for its unpacked bytes${code}; 512 MB are left to others. Free some, or set TMPDIR to a folder on a larger disk.`,
    { cause },
  );
}
