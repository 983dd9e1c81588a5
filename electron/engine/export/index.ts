export { parseOptions } from './options.ts';
export { namedIn, takesPlannedInputs } from './named-columns.ts';
export { planExport, previewExample } from './plan.ts';
export { writing } from './writing-errors.ts';
export { runExport } from './run.ts';
export { completeRecipe } from './sections.ts';
export { ExportThreads } from './work/export-threads.ts';
export { targets } from './targets.ts';
export type { ExportRule, ExportSource, Selection } from './types.ts';
