import { execFileSync } from 'node:child_process';

export const kernelSource = 'electron/engine/scan/kernel.as.ts';
/** Each of the kernels: what it is compiled from, all that it is made of, and what it becomes. */
export const kernels = [
  { source: kernelSource, sources: 'electron/engine/scan/**/*.as.ts', file: 'electron/engine/scan/kernel.wasm' },
  {
    source: 'electron/engine/lines/finder/finder.as.ts',
    sources: 'electron/engine/lines/**/*.as.ts',
    file: 'electron/engine/lines/finder/finder.wasm',
  },
];
/** Options of the compiler without which it is another kernel. */
export const kernelOptions = ['--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** Compiles a kernel; about two seconds.
 * @param {{ source: string, file: string }} kernel */
export function buildKernel({ source, file }) {
  const compiler = 'node_modules/assemblyscript/bin/asc.js';
  execFileSync(process.execPath, [compiler, source, '-o', file, '-O3', ...kernelOptions], { stdio: 'inherit' });
}
