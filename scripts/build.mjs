// Builds everything that runs: the scanner's and the finder's kernels (AssemblyScript to WASM), then one bundle each for the command line,
// the engine worker, its scan threads, Electron's main process, the preload script and the page.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { buildKernel, kernels } from './kernel.mjs';

const bundles = ['main', 'preload', 'worker', 'scan', 'cli', 'renderer'];

kernels.forEach(buildKernel);
rmSync('.vite', { recursive: true, force: true });
for (const name of bundles) await build({ configFile: `vite.${name}.config.ts`, logLevel: 'warn' });
chmodSync('.vite/build/cli.cjs', 0o755);
