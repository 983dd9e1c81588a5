import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { checkFirstLook } from './first-look.ts';
import { openError, readError } from './open-error.ts';

/** One opened file. We read its first `size` bytes, whatever is appended later. */
export interface Source {
  readonly path: string;
  /** The file's name, without its folder. */
  readonly name: string;
  readonly fd: number;
  readonly size: number;
  readonly mtimeMs: number;
  /** When the file was last changed in any way, its name and rights included; nobody can set it. */
  readonly ctimeMs: number;
  /** Identifies the bytes; see fingerprint.ts. */
  readonly fingerprint: string;
  /** Reads up to `length` bytes at `position`; fewer are legal, 0 is the end. Fails with `unreadable`. */
  read(into: Uint8Array, at: number, length: number, position: number): number;
  /** Fails with `changed` when the bytes are no longer those that were opened. Cheap: a stat, and a few reads where its time changed. */
  verify(): void;
  /** Whether the path still leads to what was opened, without a byte more: opening it again would give the same. */
  isCurrent(): boolean;
  close(): void;
}

/** Opens a file after a first look at it. Fails with not-found, unreadable or not-rollouts, in words fit for the screen. */
export function openSourceFile(file: string): Source {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    throw openError(file, error);
  }
  try {
    return sourceOf(file, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function sourceOf(file: string, fd: number): Source {
  const stat = fstatSync(fd);
  if (!stat.isFile()) throw openError(file, { code: stat.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
  const { size, mtimeMs, ctimeMs } = stat;
  const read: Source['read'] = (into, at, length, position) => {
    try {
      return readSync(fd, into, at, length, position);
    } catch (error) {
      throw readError(file, error);
    }
  };
  checkFirstLook(file, size, read);
  const fingerprint = fingerprintOf(size, read);
  let verifiedMtimeMs = mtimeMs;
  let isOpen = true;
  return {
    path: file,
    name: path.basename(file),
    fd,
    size,
    mtimeMs,
    ctimeMs,
    fingerprint,
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
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}
