import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, UserConfig } from 'vite';
import { nodeBundle } from './vite.node.ts';
import { root } from './vite.shared.ts';

/** The sample that the open screen offers lies beside the bundles, however they are built. */
const sample: Plugin = {
  name: 'rollscope-sample',
  generateBundle() {
    const source = readFileSync(path.join(root, 'bench/sample/sample.jsonl'));
    this.emitFile({ type: 'asset', fileName: 'sample.jsonl', source });
  },
};

const config: UserConfig = { ...nodeBundle({ entry: 'electron/engine-worker.ts', name: 'engine-worker' }), plugins: [sample] };
export default config;
