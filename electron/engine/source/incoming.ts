import { type AppError, toAppError } from '#shared/errors.ts';

/** Bytes of a source that are still on their way: unpacked, or piped in. */
export class Incoming {
  /** All that will come is there. */
  isOver = false;
  /** Why no more came, where that is not the end. */
  failure: AppError | undefined;
  private isStarted = false;
  private waiting: (() => void)[] = [];

  /** `run` brings the bytes, tells of them by `came`, and ends by itself when the source is closed. */
  constructor(private readonly run: () => Promise<void>) {}

  /** Lets the bytes come; until then nothing is read. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.run().then(
      () => this.end(),
      (error: unknown) => {
        this.failure = toAppError(error);
        this.end();
      },
    );
  }

  /** Resolves when there are more, or no more will come. */
  async more(): Promise<void> {
    if (!this.isOver) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  came(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private end(): void {
    this.isOver = true;
    this.came();
  }
}
