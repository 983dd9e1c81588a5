export { createScanner } from './create-scanner.ts';
export { type FilePosition, type PlannedSegment, planSegments } from './plan.ts';
export { ScanPool } from './scan-pool.ts';
export type { Segment } from './segment.ts';
export { scanError } from './thread.ts';
