import { nodeBundle } from './vite.node.ts';

export default nodeBundle({ entry: 'electron/cli/index.ts', name: 'cli' });
