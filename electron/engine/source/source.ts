import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { checkFirstLook } from './first-look.ts';
import type { Incoming } from './incoming.ts';
import { openError, readError } from './open-error.ts';

/** One opened file. We read its first `size` bytes, whatever is appended later, until `take` says that there are more. */
export interface Source {
  readonly path: string;
  /** The file's name, without its folder. */
  readonly name: string;
  readonly fd: number;
  /** Bytes to read; of a source that is unpacked or piped in, those that have come so far. */
  readonly size: number;
  /** Bytes on disk: fewer than `size` where the file is packed. */
  readonly bytes: number;
  /** How the bytes come that do not lie in the file as they are. */
  readonly incoming?: Incoming;
  readonly mtimeMs: number;
  /** When the file was last changed in any way, its name and rights included; nobody can set it. */
  readonly ctimeMs: number;
  /** Identifies the bytes (of a packed file: as they are packed); see fingerprint.ts. Empty until a pipe has ended. */
  readonly fingerprint: string;
  /** Reads up to `length` bytes at `position`; fewer are legal, 0 is the end. Fails with `unreadable`. */
  read(into: Uint8Array, at: number, length: number, position: number): number;
  /** Fails with `changed` when the bytes are no longer those that were opened. Cheap: a stat, and a few reads where its time changed. */
  verify(): void;
  /** Whether the path still leads to what was opened, without a byte more: opening it again would give the same. */
  isCurrent(): boolean;
  /** What of `bytes` has been read when `position` of `size` has. */
  bytesReadAt(position: number): number;
  /** Reads so many bytes from now on. What was read so far must have been verified. */
  take(size: number): void;
  /** What the file is now, and what its path leads to: undefined where that is nothing. */
  look(): FileNow;
  close(): void;
}

export interface FileNow {
  readonly size: number;
  readonly mtimeMs: number;
  /** The path leads to what was opened, to another file, or nowhere. */
  readonly path: 'same' | 'other' | 'none';
}

/** Opens a file after a first look at it. Fails with not-found, unreadable or not-rollouts, in words fit for the screen. */
export function openSourceFile(file: string): Source {
  const fd = openToRead(file);
  try {
    return sourceOf(file, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** A descriptor of a regular file. Never waits, as opening a pipe to read would for someone to write to it. */
export function openToRead(file: string): number {
  let fd: number;
  try {
    // Windows has no such flag.
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw openError(file, error);
  }
  const stat = fstatSync(fd);
  if (stat.isFile()) return fd;
  closeSync(fd);
  throw openError(file, { code: stat.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
}

function sourceOf(file: string, fd: number): Source {
  const stat = fstatSync(fd);
  const { mtimeMs, ctimeMs } = stat;
  let { size } = stat;
  const read: Source['read'] = (into, at, length, position) => {
    try {
      return readSync(fd, into, at, length, position);
    } catch (error) {
      throw readError(file, error);
    }
  };
  checkFirstLook(file, size, read);
  let fingerprint = fingerprintOf(size, read);
  let verifiedMtimeMs = mtimeMs;
  let isOpen = true;
  return {
    path: file,
    name: path.basename(file),
    fd,
    get size() {
      return size;
    },
    get bytes() {
      return size;
    },
    mtimeMs,
    ctimeMs,
    get fingerprint() {
      return fingerprint;
    },
    read,
    verify() {
      if (!isOpen) throw new AppError('closed', `${file} is closed.`);
      const now = fstatSync(fd);
      // Appending is no harm: what we read is still there. Only the samples can tell it from rewriting in place.
      if (now.size >= size && now.mtimeMs === verifiedMtimeMs) return;
      if (now.size < size || fingerprintOf(size, read) !== fingerprint) {
        throw new AppError('changed', `${file} has changed since it was opened. Open it again to read it as it is now.`);
      }
      verifiedMtimeMs = now.mtimeMs;
    },
    isCurrent() {
      const now = statSync(file, { throwIfNoEntry: false });
      return now !== undefined && now.dev === stat.dev && now.ino === stat.ino && now.size === size && now.mtimeMs === verifiedMtimeMs;
    },
    bytesReadAt: (position) => position,
    take(taken) {
      size = taken;
      fingerprint = fingerprintOf(size, read);
      verifiedMtimeMs = fstatSync(fd).mtimeMs;
    },
    look() {
      const { size: sizeNow, mtimeMs: mtimeNow } = fstatSync(fd);
      const there = statSync(file, { throwIfNoEntry: false });
      const isSame = there?.dev === stat.dev && there.ino === stat.ino;
      return { size: sizeNow, mtimeMs: mtimeNow, path: isSame ? 'same' : there ? 'other' : 'none' };
    },
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}
