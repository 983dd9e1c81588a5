import { AppError } from '#shared/errors.ts';
import type { ExportProgress } from '#shared/model/export.ts';
import type { JobOptions } from '../api.ts';
import { nextTurn, RateMeter, sliceMs } from '../jobs/index.ts';

const reportMs = 100;

/** How far an export is. */
export interface Progress extends Pick<ExportProgress, 'phase' | 'done' | 'total' | 'bytesWritten'> {
  /** Bytes of JSON text that the phase has done, and will have: 0 where it does not look at them. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** Keeps a long job polite: it yields, reports each phase and then at most ten times a second, and stops when it is told to. */
export class Pace {
  private readonly startedAt = performance.now();
  private yieldedAt = this.startedAt;
  private reportedAt = -Infinity;
  private phase: ExportProgress['phase'] | undefined;
  private rate = new RateMeter();
  private readonly client: object;

  constructor(private readonly job: JobOptions<ExportProgress> = {}) {
    this.client = job.client ?? this;
  }

  get signal(): AbortSignal | undefined {
    return this.job.signal;
  }

  /** To be called for every row. Undefined when there is nothing to wait for, so that most rows cost no promise. */
  step(progress: Progress): Promise<void> | undefined {
    this.stopIfAborted();
    const now = performance.now();
    const over = progress.done >= progress.total;
    if (!over) this.report(progress, now);
    return this.turn(now);
  }

  /** Runs work that yields, in slices. */
  async inTurns<T>(steps: Generator<undefined, T>): Promise<T> {
    for (;;) {
      this.stopIfAborted();
      const step = steps.next();
      if (step.done) return step.value;
      const waiting = this.turn();
      if (waiting) await waiting;
    }
  }

  /** Undefined when there is nothing to wait for. */
  turn(now = performance.now()): Promise<void> | undefined {
    return now - this.yieldedAt < sliceMs ? undefined : this.yield();
  }

  /** Says how far it is: at once where a phase begins, else where the last report is old enough. */
  report({ bytesDone, bytesTotal, ...progress }: Progress, now = performance.now()): void {
    const isNew = progress.phase !== this.phase;
    if (!isNew && now - this.reportedAt < reportMs) return;
    if (isNew) this.rate = new RateMeter();
    this.phase = progress.phase;
    this.reportedAt = now;
    const job = bytesTotal > 0 && { job: this.rate.at(bytesDone, bytesTotal) };
    this.job.onProgress?.({ ...progress, elapsedMs: now - this.startedAt, ...job });
  }

  stopIfAborted(): void {
    if (this.job.signal?.aborted) throw new AppError('cancelled', 'The export was stopped.');
  }

  private async yield(): Promise<void> {
    await nextTurn(this.client);
    this.yieldedAt = performance.now();
    this.stopIfAborted();
  }
}
