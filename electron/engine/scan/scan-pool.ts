import { ThreadPool } from '../threads/thread-pool.ts';
import { scannerCode } from './create-scanner.ts';
import type { Segment } from './segment.ts';
import type { ScanRequest } from './thread.ts';

/** Threads that scan segments. Scans are handed out in the order asked for; they may end in any. */
export class ScanPool extends ThreadPool<ScanRequest, Segment> {
  constructor(file: string, threads: number) {
    super(file, threads, 'scan', scannerCode());
  }

  /** Resolves to undefined when stopped. Fails with unreadable or changed. */
  scan(request: ScanRequest): Promise<Segment | undefined> {
    return this.run(request);
  }
}
