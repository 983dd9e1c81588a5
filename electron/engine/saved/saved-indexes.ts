import { createHash } from 'node:crypto';
import { chmod, mkdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { readEntry } from './read-entry.ts';
import { entrySuffix, makeRoom, roomIn } from './room.ts';
import type { Stored, StoredFields } from './stored.ts';
import { writeEntry } from './write-entry.ts';

/** Indexes kept on disk between runs. Whatever goes wrong with the folder costs speed, nothing else. */
export interface SavedIndexes {
  /** The frames saved under a key, as far as they are good; `isWhole` once all were. */
  read(key: string): SavedFrames;
  /** Saves frames under a key; made one after the other, as they are written. Answers whether they are saved now. */
  write(key: string, frames: Iterable<Stored>, signal: AbortSignal): Promise<boolean>;
}

export interface SavedFrames extends AsyncIterable<StoredFields> {
  readonly isWhole: boolean;
}

export interface SavedOptions {
  /** Bytes all entries may take together; by default what room.ts says. */
  readonly room?: number;
}

/** `folder` is made when first written to. */
export function savedIndexesIn(folder: string, options: SavedOptions = {}): SavedIndexes {
  const fileOf = (key: string): string => path.join(folder, createHash('sha256').update(key).digest('hex').slice(0, 40) + entrySuffix);

  async function write(key: string, frames: Iterable<Stored>, signal: AbortSignal): Promise<boolean> {
    await mkdir(path.dirname(folder), { recursive: true });
    // Only the owner sees what is in it, who may have made it otherwise.
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) === undefined) await chmod(folder, 0o700);
    const room = options.room ?? (await roomIn(folder));
    const beforeNaming = (bytes: number): Promise<void> => makeRoom(folder, room, bytes);
    return writeEntry(fileOf(key), key, frames, { signal, mostBytes: room, beforeNaming });
  }

  return {
    read: (key) => framesOf(fileOf(key), key),
    write: (key, frames, signal) => write(key, frames, signal).catch(() => false),
  };
}

function framesOf(file: string, key: string): SavedFrames {
  let isWhole = false;
  return {
    get isWhole() {
      return isWhole;
    },
    async *[Symbol.asyncIterator]() {
      try {
        if (!(await isOurs(file))) return;
        yield* readEntry(file, key);
        isWhole = true;
        await utimes(file, new Date(), new Date());
      } catch {
        // Not there, cut, broken, not ours to read: in any case there is no more to be had from it.
      }
    },
  };
}

/** What another user put there is not trusted. Where there are no users, folders are private. */
async function isOurs(file: string): Promise<boolean> {
  const found = await stat(file);
  return found.isFile() && (process.getuid === undefined || found.uid === process.getuid());
}
