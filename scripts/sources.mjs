import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const folders = ['shared', 'electron', 'renderer', 'bench/sample', 'scripts'];

/** One hash of all that a build is made of. Kernels are made by the build itself. */
export function hashOfSources() {
  const within = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  );
  const files = [...within, ...readdirSync('.').filter((name) => /\.(ts|json)$/.test(name))];
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !name.endsWith('.wasm') && statSync(name).isFile()).sort()) {
    hash.update(`${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
