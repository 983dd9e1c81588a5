import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors.ts';
import { scannerCode } from './create-scanner.ts';
import type { Segment } from './segment.ts';
import type { ScanReply, ScanRequest, ThreadData } from './thread-messages.ts';

/** A waiting request keeps a thread busy while its last answer is on the way. */
const requestsPerThread = 2;

interface Waiting {
  readonly resolve: (segment: Segment | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** Threads that scan segments. Scans are handed out in the order asked for; they may end in any. */
export class ScanPool {
  private readonly threads: Thread[];
  private readonly queue: { request: ScanRequest; waiting: Waiting }[] = [];
  private readonly stopFlag = new Int32Array(new SharedArrayBuffer(4));
  private nextId = 0;
  private isClosed = false;

  /** `file`: the bundle of electron/scan-thread.ts. */
  constructor(file: string, threads: number) {
    const workerData: ThreadData = { stop: this.stopFlag, code: scannerCode() };
    this.threads = Array.from({ length: threads }, () => this.start(new Worker(file, { workerData })));
  }

  /** How many scans keep all threads busy. */
  get capacity(): number {
    return this.threads.length * (requestsPerThread + 1);
  }

  /** Resolves to undefined when stopped. Fails with unreadable or changed. */
  scan(request: Omit<ScanRequest, 'id'>): Promise<Segment | undefined> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        resolve(undefined);
        return;
      }
      this.queue.push({ request: { ...request, id: this.nextId++ }, waiting: { resolve, reject } });
      this.handOut();
    });
  }

  /** Ends the running scans soon; those and all later ones resolve to undefined. */
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
      thread.waiting.set(next.request.id, next.waiting);
      thread.worker.postMessage(next.request);
    }
  }

  private start(worker: Worker): Thread {
    const thread: Thread = { worker, waiting: new Map() };
    worker.unref();
    worker.on('message', (reply: ScanReply) => {
      const waiting = thread.waiting.get(reply.id);
      thread.waiting.delete(reply.id);
      this.handOut();
      if ('error' in reply) waiting?.reject(new AppError(reply.error.code, reply.error.message));
      else waiting?.resolve(reply.segment);
    });
    worker.on('error', (error) => {
      for (const { reject } of thread.waiting.values())
        reject(new AppError('internal', `A scan thread failed: ${String(error)}`, { cause: error }));
      thread.waiting.clear();
    });
    return thread;
  }
}
