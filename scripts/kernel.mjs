import { execFileSync } from 'node:child_process';

const kernelSource = 'electron/engine/scan/kernel.as.ts';
/** The kernel and what it is made of. */
export const kernelSources = 'electron/engine/scan/**/*.as.ts';
export const kernelFile = 'electron/engine/scan/kernel.wasm';

/** Compiles the scanner kernel; about two seconds. */
export function buildKernel() {
  execFileSync(
    process.execPath,
    [
      'node_modules/assemblyscript/bin/asc.js',
      kernelSource,
      '-o',
      kernelFile,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
    ],
    { stdio: 'inherit' },
  );
}
