import { readSync } from 'node:fs';
import { type ReadAt, scanError } from '../scan/index.ts';
import type { Work } from '../threads/serve-thread.ts';
import type { Lines } from './lines.ts';
import { type LineAnswer, type LineTask, type LineWork, readyTask } from './tasks.ts';
import { SuspectReader } from './suspects.ts';

/** To a thread. Descriptors are shared by all threads of a process; `path` is for messages. */
export interface LinesRequest {
  /** Of the task: blocks of one task are asked for with the same. */
  readonly job: number;
  readonly task: LineTask;
  readonly fd: number;
  readonly path: string;
  readonly lines: Lines;
}

/** Looks through one block in steps. Fails with `unreadable` and `changed`. */
export function* blockSteps(work: LineWork, { fd, path, lines }: LinesRequest): Generator<undefined, LineAnswer> {
  const read: ReadAt = (into, at, length, position) => readSync(fd, into, at, length, position);
  try {
    return yield* work(lines, read);
  } catch (error) {
    throw scanError(path, error);
  }
}

/** The blocks of a thread: a task is made ready once. `code`: see createFinder. */
export function lineWork(code: object | null): Work<LinesRequest, LineAnswer> {
  const reader = new SuspectReader(code);
  let ready: { job: number; work: LineWork } | undefined;
  return async (request, isStopped) => {
    if (ready?.job !== request.job) ready = { job: request.job, work: await readyTask(request.task, reader) };
    const steps = blockSteps(ready.work, request);
    while (!isStopped()) {
      const step = steps.next();
      if (step.done) return { answer: step.value };
    }
    return { answer: undefined };
  };
}
