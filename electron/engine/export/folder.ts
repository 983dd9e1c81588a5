import { mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { manifest } from '#shared/model/export.ts';
import { writing } from './writing-errors.ts';

export const manifestName = 'manifest.json';
const partial = '.partial';

/**
 * The folder that an export goes into. Files are written under another name and take their own all at the end, the manifest
 * last: nothing half-written is ever left under a name that someone may read.
 */
export class OutputFolder {
  /** Folders that exports of this process are being written into, links resolved. */
  private static readonly inUse = new Set<string>();
  private readonly names: string[] = [];

  private constructor(
    readonly path: string,
    /** Files of an earlier export of ours, which this one replaces. */
    private readonly earlier: readonly string[],
    /** The outermost folder that was made for it; undefined where it was there before. */
    private readonly made: string | undefined,
    private readonly place: string,
  ) {}

  /**
   * Fails with `exists` where the folder is not empty and may not be overwritten, or another export is being written there,
   * and with `unwritable`. Writes nothing but the folder itself. Ends with `publish` or `discard`.
   */
  static async claim(folder: string, overwrite: boolean): Promise<OutputFolder> {
    const absolute = path.resolve(folder);
    return writing(absolute, async () => {
      const made = await mkdir(absolute, { recursive: true });
      const found = (await readdir(absolute)).filter((name) => !name.endsWith(partial));
      if (found.length > 0 && !overwrite) {
        throw new AppError(
          'exists',
          `The folder ${path.basename(absolute)} is not empty. Choose another one, or replace the files of an earlier export (--overwrite).`,
        );
      }
      const earlier = found.includes(manifestName) ? await filesOfExport(absolute) : [];
      const place = await realpath(absolute);
      if (OutputFolder.inUse.has(place)) {
        throw new AppError(
          'exists',
          `Another export is being written into ${path.basename(absolute)}. Wait for its end, or choose another folder.`,
        );
      }
      OutputFolder.inUse.add(place);
      return new OutputFolder(absolute, earlier, made, place);
    });
  }

  /** Refuses to replace what no export of ours wrote. Call it with every name before the first file is created. */
  async reserve(names: readonly string[]): Promise<void> {
    const found = await writing(this.path, () => readdir(this.path));
    const foreign = names.find((name) => found.includes(name) && !this.earlier.includes(name));
    if (foreign === undefined) return;
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

  /** Creates a file; `write` fills it; then it is on the disk, but still under its partial name. */
  async write<T>(name: string, write: (file: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
    this.names.push(name);
    return writing(this.path, async () => {
      await rm(this.partialPath(name), { force: true });
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
      for (const name of this.earlier) if (!this.names.includes(name)) await rm(this.finalPath(name), { force: true });
      for (const name of this.names) await rename(this.partialPath(name), this.finalPath(name));
      await syncFolder(this.path);
    });
    OutputFolder.inUse.delete(this.place);
  }

  /** Leaves the folder as it was found. */
  async discard(): Promise<void> {
    try {
      for (const name of this.names) await rm(this.partialPath(name), { force: true });
    } finally {
      OutputFolder.inUse.delete(this.place);
    }
    if (this.made === undefined) return;
    for (let folder = this.path; folder.startsWith(this.made); folder = path.dirname(folder)) {
      await rmdir(folder).catch(() => undefined);
    }
  }
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

/** A manifest may come from anywhere: what it lists must not lead out of the folder, or be the folder. */
function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name === path.basename(name);
}

/** Some systems cannot sync a folder; the files themselves are synced already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
