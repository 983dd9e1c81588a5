import { processorCount } from '../../scan/index.ts';
import type { Source } from '../../source/index.ts';
import { ThreadPool } from '../../threads/thread-pool.ts';
import type { WorkAnswer, WorkRequest } from './messages.ts';

interface Means {
  readonly sources: readonly Pick<Source, 'fd' | 'path' | 'verify'>[];
  /** Bundle of electron/scan-thread.ts; without it the calling thread works, in turns. */
  readonly scanThread?: string | undefined;
  readonly threads?: number | undefined;
}

/** Less is done before threads have started. */
const worthThreads = 4 << 20;
const mostThreads = 8;

/** Threads that map and encode rows of a dataset. They live as long as it does, once they were needed. */
export class ExportThreads {
  private pool: ThreadPool<WorkRequest, WorkAnswer> | undefined;

  constructor(private readonly means: Means) {}

  /** Threads for so much work; undefined where the calling thread does better. */
  poolFor(bytes: number): ThreadPool<WorkRequest, WorkAnswer> | undefined {
    const { scanThread, threads = Math.min(mostThreads, processorCount()) } = this.means;
    if (scanThread === undefined || threads === 0) return undefined;
    if (this.pool && !this.pool.isWhole) {
      void this.pool.close();
      this.pool = undefined;
    }
    if (bytes > worthThreads) this.pool ??= new ThreadPool(scanThread, threads, 'export');
    return this.pool;
  }

  /** A file to send. Fails with `changed` when it is no longer what was read. */
  file(file: number): { readonly fd: number; readonly path: string } {
    const source = this.means.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    source.verify();
    return { fd: source.fd, path: source.path };
  }

  /** Fails with `changed` when a file is no longer what was read: threads may have met it half changed. */
  verify(): void {
    for (const source of this.means.sources) source.verify();
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}
