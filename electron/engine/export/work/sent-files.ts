import { readSync } from 'node:fs';
import { readInto, scanError } from '../../scan/index.ts';

/** A file by its descriptor; `path` is for messages. */
export interface SentFile {
  readonly fd: number;
  readonly path: string;
}

/** Fills `bytes` from an offset of a file on. Fails with `unreadable` and `changed`. */
export function readFrom({ fd, path }: SentFile, bytes: Uint8Array, offset: number): Uint8Array {
  try {
    readInto((into, at, length, position) => readSync(fd, into, at, length, position), bytes, offset);
    return bytes;
  } catch (error) {
    throw scanError(path, error);
  }
}
