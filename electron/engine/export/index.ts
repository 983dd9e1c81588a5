export { completeOptions, parseOptions } from './options.ts';
export { planExport, previewExample } from './plan.ts';
export { runExport } from './run.ts';
export { targets } from './targets.ts';
export type { ExportSource, Selection } from './types.ts';
