import os from 'node:os';

/** Processors this process may use. Node before 18.14 only tells those of the machine. */
export function processorCount(): number {
  const available: (() => number) | undefined = os.availableParallelism;
  return available?.() ?? os.cpus().length;
}
