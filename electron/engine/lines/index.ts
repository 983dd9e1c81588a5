export { type LineJob, type LineSource, LineThreads } from './line-threads.ts';
