export { BandCounts } from './band-counts.ts';
export { type Searched, type SearchedRows, type SearchJob, searchRows } from './search.ts';
