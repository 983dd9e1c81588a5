import { nodeBundle } from './vite.node.ts';

export default nodeBundle({ entry: 'electron/engine-worker.ts', name: 'engine-worker' });
