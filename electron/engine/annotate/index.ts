export { DatasetMarks } from './dataset-marks.ts';
export type { ReviewRequest } from './next-undecided.ts';
