import * as fs from 'node:fs/promises';
import path from 'node:path';
import { abandonedMs, partialSuffix } from './write-entry.ts';

export const entrySuffix = '.index';
/** All entries together take no more than this, nor more than a twentieth of the disk that would be free without them. */
const mostBytes = 4 * 2 ** 30;
const shareOfDisk = 1 / 20;

interface Entry {
  readonly file: string;
  readonly bytes: number;
  /** Entries are touched when they are read. */
  readonly usedMs: number;
}

/** How many bytes all entries of a folder may take together. */
export async function roomIn(folder: string): Promise<number> {
  const free = await freeBytes(folder);
  if (free === undefined) return mostBytes;
  const own = (await entriesOf(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.min(mostBytes, Math.floor((free + own) * shareOfDisk));
}

/** Removes the entries used longest ago until `bytes` more fit into `room`, and what crashed writers left behind. */
export async function makeRoom(folder: string, room: number, bytes: number): Promise<void> {
  const entries = await entriesOf(folder);
  entries.sort((a, b) => a.usedMs - b.usedMs);
  let taken = entries.reduce((sum, entry) => sum + entry.bytes, bytes);
  for (const entry of entries) {
    if (taken <= room) break;
    taken -= entry.bytes;
    // Another process may have been faster, or have it open where that keeps files.
    await fs.rm(entry.file, { force: true }).catch(() => undefined);
  }
  for (const { file, usedMs } of await filesOf(folder, partialSuffix)) {
    if (Date.now() - usedMs > abandonedMs) await fs.rm(file, { force: true }).catch(() => undefined);
  }
}

const entriesOf = (folder: string): Promise<Entry[]> => filesOf(folder, entrySuffix);

async function filesOf(folder: string, suffix: string): Promise<Entry[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith(suffix));
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const stat = await fs.stat(file).catch(() => undefined);
      return stat?.isFile() ? [{ file, bytes: stat.size, usedMs: stat.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

/** Undefined where the runtime cannot tell (before Node 18.15). */
async function freeBytes(folder: string): Promise<number | undefined> {
  if (!('statfs' in fs)) return undefined;
  const { bavail, bsize } = await fs.statfs(folder);
  return bavail * bsize;
}
