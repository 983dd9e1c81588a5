export { type ReadingDataset, type ReadOptions, readDataset } from './read-dataset.ts';
export type { FileProgress, ReadProgress } from './read-progress.ts';
export { CellKind, type Column, type HashedPart, type InvalidRow, type NameSets, NO_CODE, type RowIndex, type RowPlace } from './types.ts';
