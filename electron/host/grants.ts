import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { Grant } from '#shared/model/grant.ts';

/** A grant and what only the shell knows of it. */
export interface Granted {
  readonly grant: Grant;
  /** The files in the order of the dataset, or the one folder. */
  readonly paths: readonly string[];
}

/** Everything the user let the app touch in the life of this process. Ids cannot be guessed; the same paths keep theirs. */
export class Grants {
  readonly #byId = new Map<string, Granted>();
  readonly #announce: (grant: string, paths: readonly string[]) => Promise<void>;

  /** `announce` makes a grant known to the engine; a grant is handed out only after that. */
  constructor(announce: (grant: string, paths: readonly string[]) => Promise<void>) {
    this.#announce = announce;
  }

  /** Files to be opened as one dataset. `name` is what the user chose, when that was a folder. */
  async files(files: readonly string[], { name, id }: { readonly name?: string; readonly id?: string } = {}): Promise<Grant> {
    const paths = files.map((file) => path.resolve(file));
    const [first = ''] = paths;
    const count = paths.length === 1 ? '' : ` · ${paths.length} files`;
    const shown = name ?? (paths.length === 1 ? path.basename(first) : `${path.basename(first)} and ${paths.length - 1} more`);
    const bytes = (await Promise.all(paths.map(sizeOf))).reduce((sum, size) => sum + size, 0);
    return await this.#add({ kind: 'files', name: shown, detail: `${tilde(path.dirname(first))}${count}`, bytes }, paths, id);
  }

  /** What the user named (a folder keeps its name) as the files that it stands for. */
  async paths(named: readonly string[], files: readonly string[]): Promise<Grant> {
    const [only] = named;
    const isFolder = named.length === 1 && only !== undefined && path.resolve(only) !== path.resolve(files[0] ?? '');
    return await this.files(files, isFolder ? { name: path.basename(path.resolve(only)) } : {});
  }

  /** A folder to write exports into. */
  async folder(folder: string): Promise<Grant> {
    const resolved = path.resolve(folder);
    return await this.#add({ kind: 'folder', name: path.basename(resolved), detail: tilde(resolved), bytes: 0 }, [resolved]);
  }

  /** Fails with not-found when nothing was granted under that id. */
  get(id: string): Granted {
    const found = this.#byId.get(id);
    if (!found) throw new AppError('not-found', 'This file or folder was not granted, or by an earlier run. Open it again.');
    return found;
  }

  async #add(shown: Omit<Grant, 'grant'>, paths: readonly string[], id?: string): Promise<Grant> {
    const known = [...this.#byId.values()].find((granted) => granted.grant.kind === shown.kind && sameList(granted.paths, paths));
    const grant: Grant = { ...shown, grant: known?.grant.grant ?? id ?? randomBytes(12).toString('base64url') };
    await this.#announce(grant.grant, paths);
    this.#byId.set(grant.grant, { grant, paths });
    return grant;
  }
}

/** A path below the home folder as people write it. */
export function tilde(folder: string, home = os.homedir()): string {
  if (folder === home) return '~';
  return folder.startsWith(home + path.sep) ? `~${folder.slice(home.length)}` : folder;
}

/** 0 where there is no file: opening it will say so. */
async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
