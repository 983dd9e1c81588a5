import { type FileHandle, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { manifest } from '#shared/model/export.ts';
import { FolderMarker, isFileName, leftOver, type LeftOver, partial, type Publishing } from './folder-marker.ts';
import { writing } from './writing-errors.ts';

export const manifestName = 'manifest.json';

/**
 * The folder that an export goes into. Files are written under another name and take their own all at the end, the manifest
 * last: nothing half-written is ever left under a name that someone may read.
 */
export class OutputFolder {
  /** Folders that exports of this process are being written into, links resolved. */
  private static readonly inUse = new Set<string>();
  private readonly names: string[] = [];
  private readonly marker: FolderMarker;
  private isMarked = false;
  private publishing: Publishing = [];

  private constructor(
    readonly path: string,
    /** Files of an earlier export of ours, which this one replaces. */
    private readonly earlier: readonly string[],
    /** Of an export of ours that did not end. */
    private readonly left: LeftOver | undefined,
    /** The outermost folder that was made for it; undefined where it was there before. */
    private readonly made: string | undefined,
    private readonly place: string,
  ) {
    this.marker = new FolderMarker(path);
  }

  /**
   * Fails with `exists` where the folder is not empty and may not be overwritten, or another export is being written there,
   * and with `unwritable`. Writes nothing but the folder itself. Ends with `publish` or `discard`.
   */
  static async claim(folder: string, overwrite: boolean): Promise<OutputFolder> {
    const absolute = path.resolve(folder);
    return writing(absolute, async () => {
      const made = await makeFolder(absolute);
      const left = await leftOver(absolute);
      const ours = new Set([...(left?.partials ?? []), ...(left?.published ?? []).map(({ name }) => name)]);
      const found = (await readdir(absolute)).filter((name) => !ours.has(name));
      if (found.length > 0 && !overwrite) {
        throw new AppError(
          'exists',
          `The folder ${path.basename(absolute)} is not empty. Choose another one, or replace the files of an earlier export.`,
        );
      }
      const published = (left?.published ?? []).map(({ name }) => name);
      const earlier = [...(found.includes(manifestName) ? await filesOfExport(absolute) : []), ...published];
      const place = await realpath(absolute);
      if (OutputFolder.inUse.has(place) || left?.isLive) {
        throw new AppError(
          'exists',
          `Another export is being written into ${path.basename(absolute)}. Wait for its end, or choose another folder.`,
        );
      }
      OutputFolder.inUse.add(place);
      return new OutputFolder(absolute, earlier, left, made, place);
    });
  }

  /** Refuses to replace what no export of ours wrote. Call it with every name before the first file is created. */
  async reserve(names: readonly string[]): Promise<void> {
    const stale = this.left?.partials ?? [];
    const found = await writing(this.path, () => readdir(this.path));
    const isOurs = (name: string): boolean => this.earlier.includes(name) || stale.includes(name);
    const foreign = names.flatMap((name) => [name, `${name}${partial}`]).find((name) => found.includes(name) && !isOurs(name));
    if (foreign === undefined) {
      await writing(this.path, async () => {
        // First the marker: what is written from now on can be told to be ours. It keeps what an export before left.
        this.isMarked = true;
        await this.marker.set([...new Set([...names, ...this.staleNames()])], this.left?.published ?? []);
        for (const name of this.staleNames()) await rm(this.partialPath(name), { force: true });
      });
      return;
    }
    throw new AppError(
      'exists',
      `The folder ${path.basename(this.path)} holds a ${foreign} that no export of ours wrote. Choose another folder, or move that file.`,
    );
  }

  /** Where a file lies while it is written. */
  partialPath(name: string): string {
    return path.join(this.path, `${name}${partial}`);
  }

  /** Where it will lie. */
  finalPath(name: string): string {
    return path.join(this.path, name);
  }

  /** Gives work a file of its own, which is no part of the export: its name is gone at once, and it with the process. */
  async withScratch<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
    const name = `rows-${process.pid}-${Date.now()}`;
    const file = await writing(this.path, async () => {
      this.isMarked = true;
      await this.marker.set([...this.staleNames(), name], this.left?.published ?? []);
      const created = await open(this.partialPath(name), 'wx+');
      await rm(this.partialPath(name), { force: true });
      return created;
    });
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  }

  /** Creates a file; `write` fills it; then it is on the disk, but still under its partial name. */
  async write<T>(name: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
    this.names.push(name);
    return writing(this.path, async () => {
      const file = await open(this.partialPath(name), 'wx');
      try {
        const result = await write(file);
        await file.sync();
        return result;
      } finally {
        await file.close();
      }
    });
  }

  /** Gives every file its name, removes what an earlier export left over, and makes all of it last. */
  async publish(): Promise<void> {
    await writing(this.path, async () => {
      const publishing = await this.sizes();
      await this.marker.set(this.names, publishing);
      // Not before the marker is there: on a full disk no file has its name yet, and none is left.
      this.publishing = publishing;
      for (const name of this.earlier) if (!this.names.includes(name)) await rm(this.finalPath(name), { force: true });
      for (const name of this.names) await rename(this.partialPath(name), this.finalPath(name));
      await syncFolder(this.path);
      await this.marker.remove();
    });
    OutputFolder.inUse.delete(this.place);
  }

  private staleNames(): string[] {
    return [...(this.left?.names ?? [])];
  }

  private async sizes(): Promise<Publishing> {
    return Promise.all(this.names.map(async (name) => ({ name, bytes: (await stat(this.partialPath(name))).size })));
  }

  /** Leaves the folder as it was found. */
  async discard(): Promise<void> {
    try {
      for (const name of this.names) await rm(this.partialPath(name), { force: true });
      if (this.isMarked) await this.marker.leave([...(this.left?.published ?? []), ...this.publishing]);
    } finally {
      OutputFolder.inUse.delete(this.place);
    }
    if (this.made === undefined) return;
    for (let folder = this.path; folder.startsWith(this.made); folder = path.dirname(folder)) {
      await rmdir(folder).catch(() => undefined);
    }
  }
}

/**
 * Makes a folder and those above it; answers the outermost that was made. Node says ENOENT for whatever its system says of a disk that is
 * full, or may only be read.
 */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    let outermost = folder;
    while (path.dirname(outermost) !== outermost && !(await isThere(path.dirname(outermost)))) outermost = path.dirname(outermost);
    await mkdir(outermost);
    await mkdir(folder, { recursive: true });
    return outermost;
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

/** The names an earlier export wrote, as its manifest says; none where that is no manifest of ours. Names only, never paths. */
async function filesOfExport(folder: string): Promise<string[]> {
  const text = await readFile(path.join(folder, manifestName), 'utf8');
  let parsed;
  try {
    parsed = manifest.safeParse(JSON.parse(text));
  } catch {
    return [];
  }
  if (!parsed.success) return [];
  return [...parsed.data.files.map((file) => file.path).filter(isFileName), manifestName];
}

/** Some systems cannot sync a folder; the files themselves are synced already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
