import type { JobProgress } from '#shared/model/job.ts';

/** The rate is of so long before now: long enough to be steady, short enough to follow a disk that becomes slow. */
const windowMs = 4000;
/** Between two of the marks it is reckoned from. */
const markMs = 100;
/** Before that nothing is foretold. */
const firstMs = 500;

/** How fast a job goes, and when it will be done. */
export class RateMeter {
  private readonly marks: { readonly atMs: number; readonly bytes: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {
    this.marks.push({ atMs: now(), bytes: 0 });
  }

  /** To be asked now and then while the job goes on. */
  at(bytesDone: number, bytesTotal: number): JobProgress {
    const atMs = this.now();
    while ((this.marks[1]?.atMs ?? Infinity) <= atMs - windowMs) this.marks.shift();
    const first = this.marks[0] ?? { atMs, bytes: bytesDone };
    const last = this.marks.at(-1) ?? first;
    if (atMs - last.atMs >= markMs) this.marks.push({ atMs, bytes: bytesDone });
    const elapsedMs = atMs - first.atMs;
    const bytesPerSecond = elapsedMs > 0 ? ((bytesDone - first.bytes) / elapsedMs) * 1000 : 0;
    const progress = { bytesDone, bytesTotal, bytesPerSecond: Math.round(bytesPerSecond) };
    if (elapsedMs < firstMs || bytesPerSecond <= 0) return progress;
    return { ...progress, secondsLeft: Math.max(0, bytesTotal - bytesDone) / bytesPerSecond };
  }
}
