import { execFileSync } from 'node:child_process';

export const kernelSource = 'electron/engine/scan/kernel.as.ts';
/** The kernel and what it is made of. */
export const kernelSources = 'electron/engine/scan/**/*.as.ts';
export const kernelFile = 'electron/engine/scan/kernel.wasm';
/** Options of the compiler without which it is another kernel. */
export const kernelOptions = ['--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** Compiles the scanner kernel; about two seconds. */
export function buildKernel() {
  const compiler = 'node_modules/assemblyscript/bin/asc.js';
  execFileSync(process.execPath, [compiler, kernelSource, '-o', kernelFile, '-O3', ...kernelOptions], { stdio: 'inherit' });
}
