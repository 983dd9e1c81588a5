export { DatasetMarks } from './dataset-marks.ts';
