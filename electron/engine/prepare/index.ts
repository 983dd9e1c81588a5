export { needsOf, type Needs } from './needs.ts';
export { valueOfColumn } from './path-column.ts';
export { Preparation, type PrepareJob } from './preparation.ts';
