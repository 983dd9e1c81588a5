import type { Source } from '../../source/index.ts';
import { LastingPool, type LastingPoolOptions } from '../../threads/lasting-pool.ts';
import type { WorkAnswer, WorkRequest } from './messages.ts';

interface Means extends LastingPoolOptions {
  readonly sources: readonly Pick<Source, 'fd' | 'path' | 'verify'>[];
}

/** Threads that map and encode rows of a dataset. They live as long as it does, once they were needed. */
export class ExportThreads extends LastingPool<WorkRequest, WorkAnswer> {
  constructor(private readonly means: Means) {
    super(means, 'export');
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
}
