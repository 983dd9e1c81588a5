export { createScanner } from './create-scanner.ts';
export { type FilePosition, type PlannedFile, type PlannedSegment, SegmentPlan } from './plan.ts';
export { processorCount } from './processors.ts';
export { readInto } from './read-at.ts';
export { ScanPool } from './scan-pool.ts';
export type { Segment } from './segment.ts';
export { scanError } from './thread.ts';
