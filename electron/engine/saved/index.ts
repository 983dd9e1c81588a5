export { savedIndexesIn, type SavedFrames, type SavedIndexes } from './saved-indexes.ts';
export { BrokenSave, type Stored, type StoredArray, StoredFields } from './stored.ts';
