import type { UserConfig } from 'vite';
/** One self-contained CommonJS file that plain Node, a worker thread and Electron can run. */
export declare function nodeBundle({ entry, name }: { entry: string; name: string }): UserConfig;
