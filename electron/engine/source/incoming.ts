/** Bytes of a source that are still on their way: unpacked, or piped in. */
export class Incoming {
  /** No more will come. */
  isOver = false;
  /** Why no more came, where that is not the end. */
  failure: unknown;
  /** Of the packed file; of what is not packed, the same as what came. */
  packedBytes = 0;
  private waiting: (() => void)[] = [];

  /** Resolves when more is there, or it is over. */
  async more(): Promise<void> {
    if (!this.isOver) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  came(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  end(failure?: unknown): void {
    this.isOver = true;
    this.failure = failure;
    this.came();
  }
}
