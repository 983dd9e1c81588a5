export { needsOf, type Needs } from './needs.ts';
export { valueOfColumn } from './path-column.ts';
export { type LineNeeds, Preparation, type PrepareJob } from './preparation.ts';
