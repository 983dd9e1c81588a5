import { type TransferListItem, Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors.ts';
import type { Answered, Asked, ThreadData } from './messages.ts';

/** A waiting request keeps a thread busy while its last answer is on the way. */
const requestsPerThread = 2;

interface Waiting<A> {
  readonly resolve: (answer: A | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread<A> {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting<A>>;
}

/** Threads that do one kind of work. Requests are handed out in the order asked for; they may end in any. */
export class ThreadPool<Q, A> {
  private readonly threads: Thread<A>[];
  private readonly queue: { asked: Asked<Q>; transfer: readonly TransferListItem[]; waiting: Waiting<A> }[] = [];
  private readonly stopFlag = new Int32Array(new SharedArrayBuffer(4));
  private nextId = 0;
  private isClosed = false;

  /** `file`: the bundle of electron/scan-thread.ts; `work`: which of its kinds of work. */
  constructor(file: string, threads: number, work: ThreadData['work'], code: object | null = null) {
    const workerData: ThreadData = { work, stop: this.stopFlag, code };
    this.threads = Array.from({ length: threads }, () => this.start(new Worker(file, { workerData })));
  }

  /** How many requests keep all threads busy. */
  get capacity(): number {
    return this.threads.length * (requestsPerThread + 1);
  }

  /** Resolves to undefined when stopped. Fails as the work does. */
  run(request: Q, transfer: readonly TransferListItem[] = []): Promise<A | undefined> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        resolve(undefined);
        return;
      }
      this.queue.push({ asked: { id: this.nextId++, request }, transfer, waiting: { resolve, reject } });
      this.handOut();
    });
  }

  /** Ends the running work soon; it and all that is asked later resolve to undefined. */
  stop(): void {
    Atomics.store(this.stopFlag, 0, 1);
  }

  async close(): Promise<void> {
    this.stop();
    this.isClosed = true;
    for (const { waiting } of this.queue.splice(0)) waiting.resolve(undefined);
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
    for (const { waiting } of this.threads) for (const { resolve } of waiting.values()) resolve(undefined);
  }

  private handOut(): void {
    while (this.queue.length > 0) {
      const thread = this.threads.reduce((least, other) => (other.waiting.size < least.waiting.size ? other : least));
      if (thread.waiting.size >= requestsPerThread) return;
      const next = this.queue.shift();
      if (!next) return;
      thread.waiting.set(next.asked.id, next.waiting);
      thread.worker.postMessage(next.asked, [...next.transfer]);
    }
  }

  private start(worker: Worker): Thread<A> {
    const thread: Thread<A> = { worker, waiting: new Map() };
    worker.unref();
    worker.on('message', (reply: Answered<A>) => {
      const waiting = thread.waiting.get(reply.id);
      thread.waiting.delete(reply.id);
      this.handOut();
      if ('error' in reply) waiting?.reject(new AppError(reply.error.code, reply.error.message));
      else waiting?.resolve(reply.answer);
    });
    worker.on('error', (error) => {
      for (const { reject } of thread.waiting.values())
        reject(new AppError('internal', `A thread failed: ${String(error)}`, { cause: error }));
      thread.waiting.clear();
    });
    return thread;
  }
}
