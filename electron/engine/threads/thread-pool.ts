import { type TransferListItem, Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors.ts';
import type { Answered, Asked, ThreadData } from './messages.ts';

/** A waiting request keeps a thread busy while its last answer is on the way. */
const requestsPerThread = 2;

/**
 * A thread makes large texts and forgets them at once: it is not given the tens of megabytes that V8 would let them pile up in, which makes no
 * difference to its speed. From 2048 megabytes for what lasts on, V8 lets that grow to four times what was alive; below, to twice at most.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 1900 };

interface Waiting<A> {
  readonly resolve: (answer: A | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread<A> {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting<A>>;
}

interface Queued<Q, A> {
  readonly asked: Asked<Q>;
  readonly waiting: Waiting<A>;
}

/** Requests that are stopped together. */
export interface PoolJob<Q, A> {
  /** Resolves to undefined when stopped. Fails as the work does. */
  run(request: Q, transfer?: readonly TransferListItem[]): Promise<A | undefined>;
  /** Ends the running work soon; it and all that is asked later resolve to undefined. */
  stop(): void;
}

/** Threads that do one kind of work. Requests are handed out in the order asked for; they may end in any. */
export class ThreadPool<Q, A> implements PoolJob<Q, A> {
  private readonly threads: Thread<A>[];
  private queue: (Queued<Q, A> & { readonly transfer: readonly TransferListItem[] })[] = [];
  /** What is asked of the pool itself. */
  private readonly own = this.job();
  private nextId = 0;
  private online = 0;
  private isClosed = false;
  /** Why there are fewer threads than there were. */
  private failure: AppError | undefined;

  /** `file`: the bundle of electron/scan-thread.ts; `work`: which of its kinds of work. */
  constructor(file: string, threads: number, work: ThreadData['work'], code: object | null = null) {
    const workerData: ThreadData = { work, code };
    this.threads = Array.from({ length: threads }, () => this.start(new Worker(file, { workerData, resourceLimits })));
  }

  /** How many requests keep all threads busy. */
  get capacity(): number {
    return this.threads.length * (requestsPerThread + 1);
  }

  /** Whether all its threads are alive. */
  get isWhole(): boolean {
    return this.failure === undefined;
  }

  /** Whether nothing is asked of it. */
  get isIdle(): boolean {
    return this.queue.length === 0 && this.threads.every(({ waiting }) => waiting.size === 0);
  }

  /** Whether a thread has started: it takes some 50 ms, in which the caller does as much itself. */
  get isReady(): boolean {
    return this.online > 0;
  }

  /** Starts a job, of which there may be several at a time. */
  job(): PoolJob<Q, A> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    return {
      run: (request, transfer = []) =>
        new Promise((resolve, reject) => {
          if (this.isClosed || Atomics.load(stop, 0) !== 0) {
            resolve(undefined);
            return;
          }
          if (this.failure && this.threads.length === 0) {
            reject(this.failure);
            return;
          }
          this.queue.push({ asked: { id: this.nextId++, request, stop }, transfer, waiting: { resolve, reject } });
          this.handOut();
        }),
      stop: () => {
        Atomics.store(stop, 0, 1);
        const dropped = this.queue.filter(({ asked }) => asked.stop === stop);
        this.queue = this.queue.filter(({ asked }) => asked.stop !== stop);
        for (const { waiting } of dropped) waiting.resolve(undefined);
      },
    };
  }

  run(request: Q, transfer?: readonly TransferListItem[]): Promise<A | undefined> {
    return this.own.run(request, transfer);
  }

  stop(): void {
    this.own.stop();
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
    worker.on('online', () => this.online++);
    worker.on('message', (reply: Answered<A>) => {
      const waiting = thread.waiting.get(reply.id);
      thread.waiting.delete(reply.id);
      this.handOut();
      if ('error' in reply) waiting?.reject(new AppError(reply.error.code, reply.error.message));
      else waiting?.resolve(reply.answer);
    });
    worker.on('error', (error) => this.lose(thread, error));
    return thread;
  }

  /** A thread that failed is gone: its requests fail, those that wait too when it was the last. */
  private lose(thread: Thread<A>, cause: unknown): void {
    this.failure = new AppError('internal', `A thread failed: ${String(cause)}`, { cause });
    this.threads.splice(this.threads.indexOf(thread), 1);
    const lost = [...thread.waiting.values(), ...(this.threads.length === 0 ? this.queue.splice(0).map(({ waiting }) => waiting) : [])];
    for (const { reject } of lost) reject(this.failure);
  }
}
