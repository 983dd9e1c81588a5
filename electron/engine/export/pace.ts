import { setImmediate } from 'node:timers/promises';
import { AppError } from '#shared/errors.ts';
import type { ExportProgress } from '#shared/model/export.ts';
import type { JobOptions } from '../api.ts';

/** How long the thread may be held before others get their turn. */
const sliceMs = 12;
const reportMs = 100;

/** Keeps a long job polite: it yields, reports each phase and then at most ten times a second, and stops when it is told to. */
export class Pace {
  private readonly startedAt = performance.now();
  private yieldedAt = this.startedAt;
  private reportedAt = -Infinity;
  private phase: ExportProgress['phase'] | undefined;

  constructor(private readonly job: JobOptions<ExportProgress> = {}) {}

  /** To be called for every row. Undefined when there is nothing to wait for, so that most rows cost no promise. */
  step(progress: Omit<ExportProgress, 'elapsedMs'>): Promise<void> | undefined {
    this.stopIfAborted();
    const now = performance.now();
    const over = progress.done >= progress.total;
    if (!over) this.report(progress, now);
    if (now - this.yieldedAt < sliceMs) return undefined;
    return this.yield();
  }

  /** Says how far it is: at once where a phase begins, else where the last report is old enough. */
  report(progress: Omit<ExportProgress, 'elapsedMs'>, now = performance.now()): void {
    if (progress.phase === this.phase && now - this.reportedAt < reportMs) return;
    this.phase = progress.phase;
    this.reportedAt = now;
    this.job.onProgress?.({ ...progress, elapsedMs: now - this.startedAt });
  }

  stopIfAborted(): void {
    if (this.job.signal?.aborted) throw new AppError('cancelled', 'The export was stopped.');
  }

  private async yield(): Promise<void> {
    await setImmediate();
    this.yieldedAt = performance.now();
    this.stopIfAborted();
  }
}
