export type { PlannedCount } from './join.ts';
export { type MainFile, Neighbours } from './neighbours.ts';
