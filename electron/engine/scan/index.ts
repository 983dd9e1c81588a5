export { scanInSlices } from './local-scan.ts';
export { type PlannedSegment, planSegments } from './plan.ts';
export { ScanPool } from './scan-pool.ts';
export { Scanner } from './scanner.ts';
export type { Segment } from './segment.ts';
export { scanError } from './thread.ts';
