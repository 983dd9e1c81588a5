import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long the calling thread is kept from its other work. */
const sliceMs = 8;

/** Runs a job that yields, in slices; undefined where `isStopped` said so before its end. */
export async function inSlices<T>(job: Generator<void, T>, isStopped: () => boolean = () => false): Promise<T | undefined> {
  while (!isStopped()) {
    const until = performance.now() + sliceMs;
    do {
      const step = job.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await nextTurn();
  }
  return undefined;
}
