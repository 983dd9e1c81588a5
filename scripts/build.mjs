// Builds everything that runs: the scanner's and the finder's kernels (AssemblyScript to WASM), then one bundle each for the command line,
// the engine worker, its scan threads, Electron's main process, the preload script and the page. `--if-changed`: unless the last build is
// of the sources as they are.
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { buildKernel, kernels } from './kernel.mjs';
import { hashOfSources } from './sources.mjs';

const bundles = ['main', 'preload', 'worker', 'scan', 'cli', 'renderer'];
/** Written last, and gone with the bundles: of what sources they are. */
const stamp = '.vite/sources';

const sources = hashOfSources();
if (process.argv.includes('--if-changed') && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
  console.log('built already, of these very sources');
} else {
  kernels.forEach(buildKernel);
  rmSync('.vite', { recursive: true, force: true });
  for (const name of bundles) await build({ configFile: `vite.${name}.config.ts`, logLevel: 'warn' });
  chmodSync('.vite/build/cli.cjs', 0o755);
  writeFileSync(stamp, sources);
}
