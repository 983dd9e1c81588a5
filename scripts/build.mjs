// Builds everything that runs: the scanner kernel (AssemblyScript to WASM), then one bundle each for the command line,
// the engine worker, its scan threads, Electron's main process, the preload script and the page.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { buildKernel } from './kernel.mjs';

const bundles = ['main', 'preload', 'worker', 'scan', 'cli', 'renderer'];

buildKernel();
rmSync('.vite', { recursive: true, force: true });
for (const name of bundles) await build({ configFile: `vite.${name}.config.ts`, logLevel: 'warn' });
chmodSync('.vite/build/cli.cjs', 0o755);
