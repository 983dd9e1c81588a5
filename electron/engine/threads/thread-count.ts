import os from 'node:os';

/** More threads than this wait for the disk and for each other. */
const mostThreads = 8;

/** Threads that a dataset works with unless it is told: as many as there are processors for this process. Node before 18.14 only tells those of the machine. */
export function defaultThreads(): number {
  const available: (() => number) | undefined = os.availableParallelism;
  return Math.min(mostThreads, available?.() ?? os.cpus().length);
}
