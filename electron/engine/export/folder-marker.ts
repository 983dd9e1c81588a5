import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** Names end with it while a file is being written. */
export const partial = '.partial';

/**
 * A file beside the data that says, while an export is written, what in the folder is its: when the process is killed, the next
 * export knows what it may take away.
 */
const markerName = `rollscope-export${partial}`;
const newName = `${markerName}.new`;
/** A running export touches its marker this often; one that was not touched for a while belongs to none. */
const touchMs = 10_000;
const staleMs = 60_000;

const marker = z.object({
  version: z.literal(1),
  pid: z.int(),
  host: z.string(),
  /** Files that are written under partial names. */
  names: z.array(z.string()),
  /** Files that were being given their final names, with their bytes. */
  publishing: z.array(z.object({ name: z.string(), bytes: z.number() })),
});
export type Publishing = readonly { readonly name: string; readonly bytes: number }[];

/** What an export that did not end left in a folder. */
export interface LeftOver {
  /** Files that were written under partial names. */
  readonly names: readonly string[];
  /** Those partial names, and the marker's. */
  readonly partials: readonly string[];
  /** Files under their final names, of an export whose files do not all have theirs yet. */
  readonly published: Publishing;
  /** Whether that export seems to be running still, in another process. */
  readonly isLive: boolean;
}

/** Only plain names count, of files that are as they were written. */
export async function leftOver(folder: string): Promise<LeftOver | undefined> {
  const file = path.join(folder, markerName);
  const [text, info] = await Promise.all([readFile(file, 'utf8').catch(() => undefined), stat(file).catch(() => undefined)]);
  if (text === undefined) return await startedMarker(folder);
  const read = marker.safeParse(tryJson(text)).data;
  if (!read || !info) return undefined;
  const published = [];
  for (const { name, bytes } of read.publishing.filter((each) => isFileName(each.name))) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found?.isFile() && found.size === bytes) published.push({ name, bytes });
  }
  const names = read.names.filter(isFileName);
  return {
    names,
    partials: [...names.map((name) => `${name}${partial}`), markerName, newName],
    published,
    isLive: Date.now() - info.mtimeMs < staleMs && read.pid !== process.pid && read.host === hostname() && isRunning(read.pid),
  };
}

/** Of an export that was killed while it wrote its first marker, before anything else: the marker has no name of its own yet. */
async function startedMarker(folder: string): Promise<LeftOver | undefined> {
  const found = await stat(path.join(folder, newName)).catch(() => undefined);
  return found?.isFile() ? { names: [], partials: [newName], published: [], isLive: false } : undefined;
}

/** The marker of an export that is being written. */
export class FolderMarker {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: string) {}

  /** Sets it, all at once, and keeps it fresh. */
  async set(names: readonly string[], publishing: Publishing): Promise<void> {
    const text = JSON.stringify({ version: 1, pid: process.pid, host: hostname(), names, publishing });
    const [file, next] = [path.join(this.folder, markerName), path.join(this.folder, newName)];
    await writeFile(next, text);
    await rename(next, file);
    this.timer ??= setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), touchMs).unref();
  }

  /** At the end of an export that failed: what has its final name already is told to the next one. */
  async leave(published: Publishing): Promise<void> {
    if (published.length > 0) await this.set([], published).catch(() => undefined);
    else await this.remove();
    clearInterval(this.timer);
  }

  async remove(): Promise<void> {
    clearInterval(this.timer);
    for (const name of [markerName, newName]) await rm(path.join(this.folder, name), { force: true });
  }
}

/** What such a file lists must not lead out of the folder, or be the folder. */
export function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name === path.basename(name);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
