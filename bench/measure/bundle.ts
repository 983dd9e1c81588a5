import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';
import { nodeBundle } from '../../vite.node.ts';
import { root } from '../../vite.shared.ts';

/** Bundles the child process, engine and all, as the app is bundled; answers the file. */
export async function bundleChild(): Promise<string> {
  const config = nodeBundle({ entry: 'bench/measure/child.ts', name: 'bench-child' });
  const outDir = path.join(root, 'node_modules/.cache/bench');
  await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config.build,
      outDir,
      rolldownOptions: { ...config.build?.rolldownOptions, external: ['@duckdb/node-api', /^node:/, ...builtinModules] },
      lib: { entry: { 'bench-child': 'bench/measure/child.ts' }, formats: ['es'], fileName: () => '[name].mjs' },
    },
  });
  return path.join(outDir, 'bench-child.mjs');
}
