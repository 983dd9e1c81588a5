import { execFileSync } from 'node:child_process';

export const kernelSource = 'electron/engine/scan/kernel.as.ts';
const scanSources = 'electron/engine/scan/**/*.as.ts';
/** Options of the compiler without which it is another kernel. */
const kernelOptions = ['--noAssert', '--runtime', 'stub', '--enable', 'simd'];
/** The scanner that takes hashes on the way. Without any code for them it is half as fast again. */
export const hashingOptions = [...kernelOptions, '--use', 'HASHES=1'];
/** Each of the kernels: what it is compiled from, all that it is made of, how, and what it becomes. */
export const kernels = [
  {
    source: kernelSource,
    sources: scanSources,
    options: [...kernelOptions, '--use', 'HASHES=0'],
    file: 'electron/engine/scan/kernel.wasm',
  },
  { source: kernelSource, sources: scanSources, options: hashingOptions, file: 'electron/engine/scan/hashing-kernel.wasm' },
  {
    source: 'electron/engine/lines/finder/finder.as.ts',
    sources: 'electron/engine/lines/**/*.as.ts',
    options: kernelOptions,
    file: 'electron/engine/lines/finder/finder.wasm',
  },
];

/** Compiles a kernel; about two seconds.
 * @param {{ source: string, options: readonly string[], file: string }} kernel */
export function buildKernel({ source, options, file }) {
  const compiler = 'node_modules/assemblyscript/bin/asc.js';
  execFileSync(process.execPath, [compiler, source, '-o', file, '-O3', ...options], { stdio: 'inherit' });
}
