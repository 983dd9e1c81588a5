/** Whoever has long work done: a window, a dataset. Told apart by identity. */
export type Client = object;

/** How long whoever has the turn may hold the thread. */
export const sliceMs = 8;

interface Machine {
  /** Runs a function after everything else that is due now: messages, files, timers. */
  readonly later: (run: () => void) => unknown;
  /** In milliseconds. */
  readonly now: () => number;
}

const thisMachine: Machine = { later: (run) => setImmediate(run), now: () => performance.now() };

/**
 * Shares a thread among long jobs. One of them at a time has the turn, for a slice; between two slices whatever is due is
 * answered, however many jobs there are. Clients take turns, and the jobs of a client among themselves: ten jobs of one window
 * slow down the one job of another window by half, not by ten elevenths.
 */
export class Turns {
  /** The client whose turn is next comes first. */
  private readonly waiting = new Map<Client, (() => void)[]>();
  private isDue = false;

  constructor(private readonly machine: Machine = thisMachine) {}

  /** Resolves when the client has the turn: it may work for `sliceMs`, then must ask again. */
  next(client: Client): Promise<void> {
    return new Promise((resolve) => {
      const queue = this.waiting.get(client);
      if (queue) queue.push(resolve);
      else this.waiting.set(client, [resolve]);
      this.call();
    });
  }

  /** Runs a job that yields, in slices; undefined where `isStopped` said so before its end. */
  async run<T>(job: Generator<void, T>, isStopped: () => boolean, client: Client): Promise<T | undefined> {
    while (true) {
      await this.next(client);
      if (isStopped()) return undefined;
      const until = this.machine.now() + sliceMs;
      do {
        const step = job.next();
        if (step.done) return step.value;
      } while (this.machine.now() < until);
    }
  }

  private call(): void {
    if (this.isDue || this.waiting.size === 0) return;
    this.isDue = true;
    this.machine.later(() => {
      this.isDue = false;
      this.give();
      this.call();
    });
  }

  private give(): void {
    for (const [client, queue] of this.waiting) {
      const resolve = queue.shift();
      // To the end of the line, where there is more to do.
      this.waiting.delete(client);
      if (queue.length > 0) this.waiting.set(client, queue);
      resolve?.();
      return;
    }
  }
}
