import { readFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { hashingOptions, kernelSource } from '../../scripts/kernel.mjs';
import { type BrokenKernel } from './broken-kernels.ts';

/** The WASM of a broken kernel, compiled in memory from the sources of the project at `root`; about 0.2 seconds. */
export async function compileBroken({ file, is, becomes }: BrokenKernel, root: string): Promise<Uint8Array> {
  const broken = path.join(path.dirname(kernelSource), 'kernel', file);
  let isBroken = false;
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([kernelSource, '--baseDir', root, '-o', 'broken.wasm', '-O0', ...hashingOptions], {
    async readFile(name, baseDir) {
      const source = await readFile(path.resolve(baseDir, name), 'utf8').catch(() => null);
      if (source === null || path.normalize(name) !== broken) return source;
      const parts = source.split(is);
      if (parts.length !== 2) throw new Error(`${broken} holds ${parts.length - 1} times what is to be broken: ${is}`);
      isBroken = true;
      return parts.join(becomes);
    },
    writeFile(_, contents) {
      if (typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm || !isBroken) throw new Error(`${broken} does not compile with ${becomes}: ${String(error)} ${String(stderr)}`);
  return wasm;
}
