import { Buffer } from 'node:buffer';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { inSlices } from '../jobs/index.ts';
import { encodeFrame } from './frame.ts';
import type { Stored } from './stored.ts';

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** An entry that grows larger is given up. */
  readonly mostBytes: number;
  /** Called with the size of the entry before it gets its name. */
  readonly beforeNaming: (bytes: number) => Promise<void>;
}

export const partialSuffix = '.partial';
/** A partial file that nobody has written to for so long was left behind. */
export const abandonedMs = 10 * 60_000;
/** Written in one go; between two of them the signal is looked at. */
const pieceBytes = 4 << 20;

/**
 * Writes an entry under a name of its own, then gives it its name. Only one writes an entry at a time: whoever finds another at it
 * leaves it to that one. Answers whether the entry is there now; fails with system errors. Nothing half-written keeps the name.
 */
export async function writeEntry(file: string, key: string, frames: Iterable<Stored>, options: WriteOptions): Promise<boolean> {
  const partial = file + partialSuffix;
  const handle = await openAlone(partial);
  if (!handle) return false;
  let isWhole = false;
  try {
    const bytes = await writeFrames(handle, withEnds(key, frames), options);
    if (bytes === undefined) return false;
    await options.beforeNaming(bytes);
    isWhole = true;
  } finally {
    await handle.close();
    if (!isWhole) await rm(partial, { force: true });
  }
  await rename(partial, file);
  return true;
}

/** A new file that only its owner reads; undefined where another is writing it. */
async function openAlone(partial: string): Promise<FileHandle | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await open(partial, 'wx', 0o600);
    } catch (error) {
      if (!isExisting(error)) throw error;
      const found = await stat(partial).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs < abandonedMs) return undefined;
      await rm(partial, { force: true });
    }
  }
  return undefined;
}

function* withEnds(key: string, frames: Iterable<Stored>): Generator<Stored> {
  yield { key };
  yield* frames;
  yield { frame: 'end' };
}

/** The bytes written; undefined where that was given up. */
async function writeFrames(handle: FileHandle, frames: Iterable<Stored>, { signal, mostBytes }: WriteOptions): Promise<number | undefined> {
  let bytes = 0;
  for (const frame of frames) {
    const pieces = await inSlices(encodeFrame(frame), () => signal.aborted);
    if (!pieces) return undefined;
    for (const piece of grouped(pieces)) {
      bytes += piece.length;
      if (signal.aborted || bytes > mostBytes) return undefined;
      await writeWhole(handle, piece);
    }
  }
  return bytes;
}

/** Small pieces together, large ones in parts. */
function* grouped(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let group: Uint8Array[] = [];
  let bytes = 0;
  for (const whole of pieces) {
    for (let at = 0; at < whole.length; at += pieceBytes) {
      const piece = whole.subarray(at, at + pieceBytes);
      if (bytes + piece.length > pieceBytes) {
        yield Buffer.concat(group);
        group = [];
        bytes = 0;
      }
      group.push(piece);
      bytes += piece.length;
    }
  }
  if (bytes > 0) yield Buffer.concat(group);
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
