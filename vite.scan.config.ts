import { nodeBundle } from './vite.node.ts';

export default nodeBundle({ entry: 'electron/scan-thread.ts', name: 'scan-thread', splits: true });
