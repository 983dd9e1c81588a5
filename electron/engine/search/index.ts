export { type Searched, type SearchJob, searchRows } from './search.ts';
