export { type PlannedSegment, planSegments } from './plan.ts';
export { ScanPool } from './scan-pool.ts';
export { Scanner } from './scanner.ts';
export type { Segment } from './segment.ts';
export { inSlices } from './slices.ts';
export { scanError } from './thread.ts';
