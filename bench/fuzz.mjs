// npm run fuzz [-- ROWS [SEED] | --broken]: holds the scanner to JSON.parse and to the reference scanner; see fuzz/README.md.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { buildKernel, kernels } from '../scripts/kernel.mjs';
import { alias, root } from '../vite.shared.ts';

kernels.forEach(buildKernel);
const outDir = path.join(root, 'node_modules/.cache/fuzz');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  assetsInclude: ['**/*.wasm'],
  resolve: { alias },
  ssr: { noExternal: true, external: ['assemblyscript'] },
  build: { ssr: 'bench/fuzz/main.ts', outDir, rolldownOptions: { output: { entryFileNames: 'fuzz.mjs' } } },
});
await import(pathToFileURL(path.join(outDir, 'fuzz.mjs')).href);
