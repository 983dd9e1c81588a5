import { type FSWatcher, watch } from 'node:fs';

/** The system takes few watches of all programs together: only small datasets are watched, the others are looked at now and then. */
const mostWatched = 16;
/** Writers flush often: changes are gathered for so long. */
const gatherMs = 50;

/**
 * Calls `look` soon after a file has changed, where the system tells, and in any case every `intervalMs`; never while a call has not
 * ended. Keeps no process alive.
 */
export class FileWatch {
  private readonly watchers: FSWatcher[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isClosed = false;

  constructor(
    files: readonly string[],
    private readonly intervalMs: () => number,
    private readonly look: () => Promise<void>,
  ) {
    if (files.length <= mostWatched) for (const file of files) this.watch(file);
    this.schedule(intervalMs());
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.close();
  }

  private watch(file: string): void {
    try {
      const watcher = watch(file, { persistent: false }, () => {
        if (!this.isLooking) this.schedule(Math.min(gatherMs, this.intervalMs()));
      });
      watcher.on('error', () => watcher.close());
      this.watchers.push(watcher);
    } catch {
      // Looking now and then is enough.
    }
  }

  private schedule(afterMs: number): void {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.now(), afterMs);
    this.timer.unref();
  }

  private async now(): Promise<void> {
    this.isLooking = true;
    const startedAt = Date.now();
    await this.look();
    this.isLooking = false;
    // A slow disk is left alone most of the time.
    this.schedule(Math.max(this.intervalMs(), 20 * (Date.now() - startedAt)));
  }
}
