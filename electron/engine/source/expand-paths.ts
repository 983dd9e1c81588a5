import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { isNeighbour } from './neighbour-names.ts';
import { openError } from './open-error.ts';

/** Our own marks beside a file. */
const sidecar = '.rollscope.jsonl';
const rolloutName = /\.jsonl(\.gz|\.zst)?$/;

/**
 * The files that paths mean, in the order given, each once: a file itself; of a folder the `.jsonl`, `.jsonl.gz` and
 * `.jsonl.zst` files directly in it (with `recursive` in all folders below, too), by name, without Gym's neighbour files and our sidecars; `-` stays. Fails with
 * not-found, unreadable, or not-rollouts for a folder with no such file.
 */
export function expandPaths(paths: readonly string[], { recursive = false }: { recursive?: boolean } = {}): string[] {
  const files = paths.flatMap((given) => {
    if (given === '-') return [given];
    if (!isFolder(given)) return [given];
    const found = rolloutFiles(given, recursive);
    if (found.length === 0) throw emptyFolder(given, recursive);
    return found;
  });
  const seen = new Set<string>();
  return files.filter((file) => {
    const key = path.resolve(file);
    return seen.has(key) ? false : seen.add(key);
  });
}

function isFolder(given: string): boolean {
  try {
    return statSync(given).isDirectory();
  } catch (error) {
    throw openError(given, error);
  }
}

function rolloutFiles(folder: string, recursive: boolean): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw openError(folder, error);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return recursive ? rolloutFiles(full, recursive) : [];
    if (!rolloutName.test(entry.name) || entry.name.endsWith(sidecar)) return [];
    return (entry.isFile() || isLinkToFile(full)) && !isNeighbour(full) ? [full] : [];
  });
}

function isLinkToFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function emptyFolder(folder: string, recursive: boolean): AppError {
  const where = recursive ? 'in it or below it' : 'directly in it';
  const hint = recursive ? 'Name another folder, or a file.' : 'Name a file, or use --recursive to look in the folders below.';
  return new AppError('not-rollouts', `The folder ${folder} has no rollout file (*.jsonl, *.jsonl.gz, *.jsonl.zst) ${where}. ${hint}`);
}
