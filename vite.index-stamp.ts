import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './vite.shared.ts';

/** What decides what an index of a file holds, and how it is saved. */
const folders = ['electron/engine/scan', 'electron/engine/index', 'electron/engine/saved', 'electron/engine/source'];

/** A hash of all that: indexes saved by another build are not read. */
export function indexStamp(): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((file) => /\.(ts|wasm)$/.test(file) && !file.endsWith('.test.ts')).sort(byName)) {
      const file = path.posix.join(folder, name.replaceAll(path.sep, '/'));
      hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1;
}
