import { builtinModules } from 'node:module';
import path from 'node:path';
import type { UserConfig } from 'vite';
import { indexStamp } from './vite.index-stamp.ts';
import { alias, root } from './vite.shared.ts';

/**
 * One self-contained CommonJS file that plain Node, a worker thread and Electron can run. `splits`: what it imports only when it
 * is needed lies in files beside it, so that it starts without them.
 */
export function nodeBundle({ entry, name, splits = false }: { entry: string; name: string; splits?: boolean }): UserConfig {
  const banner = name === 'cli' ? { banner: '#!/usr/bin/env node' } : {};
  return {
    root,
    publicDir: false,
    assetsInclude: ['**/*.wasm'],
    define: { INDEX_STAMP: JSON.stringify(indexStamp()) },
    resolve: { alias, conditions: ['node'], mainFields: ['module', 'main'] },
    build: {
      target: 'node16',
      outDir: path.join(root, '.vite/build'),
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      sourcemap: true,
      lib: { entry: { [name]: entry }, formats: ['cjs'], fileName: () => '[name].cjs' },
      rolldownOptions: {
        external: ['electron', /^node:/, ...builtinModules, 'bufferutil', 'utf-8-validate'],
        output: { codeSplitting: splits, ...(splits && { chunkFileNames: `${name}-[name].cjs` }), ...banner },
      },
    },
  };
}
