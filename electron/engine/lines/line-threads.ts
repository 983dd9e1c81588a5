import { AppError } from '#shared/errors.ts';
import type { RowIndex } from '../index/types.ts';
import { type Client, inSlices } from '../jobs/index.ts';
import type { Source } from '../source/index.ts';
import { inOrder } from '../threads/in-order.ts';
import { LastingPool, type LastingPoolOptions } from '../threads/lasting-pool.ts';
import { type Block, blocksOf } from './blocks.ts';
import { finderCode } from './finder/finder.ts';
import { SuspectReader } from './suspects.ts';
import { type LineAnswer, type LineTask, readyTask } from './tasks.ts';
import { blockSteps, type LinesRequest } from './thread.ts';

/** Rows of an index whose lines lie in files. */
export interface LineSource extends LastingPoolOptions {
  readonly index: Pick<RowIndex, 'place'>;
  readonly sources: readonly Pick<Source, 'fd' | 'path' | 'verify'>[];
}

export interface LineJob {
  readonly signal?: AbortSignal | undefined;
  readonly client?: Client | undefined;
}

/** Of how many bytes a block is the answer to, and of how many all are. */
export interface BlocksDone {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** Looks through lines of a dataset, on threads that live as long as it does once they were needed. */
export class LineThreads {
  private readonly pool: LastingPool<LinesRequest, LineAnswer>;
  private nextJob = 0;
  private isClosed = false;

  constructor(private readonly lines: LineSource) {
    this.pool = new LastingPool(lines, 'lines', finderCode);
  }

  /**
   * Runs a task over the lines of rows (ascending rollouts). Answers are taken in the order of the rows, whatever the number of
   * threads. Fails with bad-input, `unreadable`, `changed` and `cancelled`.
   */
  async run(
    task: LineTask,
    rows: Uint32Array,
    take: (block: Block, answer: LineAnswer, done: BlocksDone) => void,
    { signal, client }: LineJob = {},
  ): Promise<void> {
    const isStopped = (): boolean => signal?.aborted === true || this.isClosed;
    const work = await readyTask(task, new SuspectReader()); // what is wrong with it is said here, not by a thread
    const blocks = await inSlices(collect(blocksOf(this.lines.index, rows)), isStopped, client);
    if (!blocks) throw cancelled();
    const bytesTotal = blocks.reduce((sum, { bytes }) => sum + bytes, 0);
    const pool = this.pool.poolFor(bytesTotal);
    const job = pool?.job();
    const id = this.nextJob++;
    let onStop = (): void => undefined;
    const stopped = new Promise<undefined>((resolve) => {
      onStop = () => {
        job?.stop();
        resolve(undefined);
      };
    });
    signal?.addEventListener('abort', onStop, { once: true });
    const start = (block: Block): Promise<LineAnswer | undefined> => {
      const request = this.requestOf(block, task, id);
      return job ? job.run(request) : inSlices(blockSteps(work, request), isStopped, client);
    };

    // A thread ends its line first; the caller need not wait for that.
    const answer = (block: Block): Promise<LineAnswer | undefined> => Promise.race([start(block), stopped]);
    let bytesDone = 0;
    try {
      for await (const [block, answered] of inOrder(blocks, answer, pool?.capacity ?? 1)) {
        if (!answered || isStopped()) throw cancelled();
        bytesDone += block.bytes;
        take(block, answered, { bytesDone, bytesTotal });
      }
    } finally {
      signal?.removeEventListener('abort', onStop);
      job?.stop();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.pool.close();
  }

  private requestOf({ file, starts, ends }: Block, task: LineTask, job: number): LinesRequest {
    const source = this.lines.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    source.verify();
    return { job, task, fd: source.fd, path: source.path, lines: { starts, ends } };
  }
}

function* collect<T>(items: Iterable<T>): Generator<undefined, T[]> {
  const all: T[] = [];
  for (const item of items) {
    all.push(item);
    yield undefined;
  }
  return all;
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}
