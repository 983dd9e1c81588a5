export type { PlannedCount } from './join.ts';
export { type MainFile, Neighbours } from './neighbours.ts';
export type { PlannedTasks } from './planned-tasks.ts';
