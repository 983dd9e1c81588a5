import type { ThreadData } from './messages.ts';
import { defaultThreads } from './thread-count.ts';
import { ThreadPool } from './thread-pool.ts';

export interface LastingPoolOptions {
  /** Bundle of electron/scan-thread.ts; without it the calling thread works, in turns. */
  readonly scanThread?: string | undefined;
  readonly threads?: number | undefined;
}

/** Less is done before threads have started. */
const worthThreads = 4 << 20;

/** Threads of one kind of work, started once they are worth it. They live as long as what owns them. */
export class LastingPool<Q, A> {
  private pool: ThreadPool<Q, A> | undefined;

  /** `code`: what they share, made when they start. */
  constructor(
    private readonly options: LastingPoolOptions,
    private readonly work: ThreadData['work'],
    private readonly code: () => object | null = () => null,
  ) {}

  /** Threads for work on so many bytes; undefined where the calling thread does better. */
  poolFor(bytes: number): ThreadPool<Q, A> | undefined {
    const { scanThread, threads = defaultThreads() } = this.options;
    if (scanThread === undefined || threads === 0) return undefined;
    if (this.pool && !this.pool.isWhole) {
      void this.pool.close();
      this.pool = undefined;
    }
    if (bytes > worthThreads) this.pool ??= new ThreadPool(scanThread, threads, this.work, this.code());
    return this.pool;
  }

  /** Ends threads that nobody waits for, whose memory is better used otherwise for a while. They start again when they are needed. */
  async rest(): Promise<void> {
    const { pool } = this;
    if (!pool?.isIdle) return;
    this.pool = undefined;
    await pool.close();
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}
