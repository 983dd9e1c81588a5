import { type Client, inSlices } from '../jobs/index.ts';
import { createScanner, scanError, ScanPool, type Segment } from '../scan/index.ts';
import type { Source } from '../source/index.ts';
import { inOrder } from '../threads/in-order.ts';
import type { GrowingIndex } from './growing-index.ts';

export interface HashingOptions {
  readonly sources: readonly Source[];
  readonly index: GrowingIndex;
  readonly scanThread: string | undefined;
  readonly threads: number;
  readonly client: Client;
  readonly signal: AbortSignal;
}

type Unhashed = ReturnType<GrowingIndex['unhashed']>[number];

/** Fewer bytes are read before a thread has started. */
const worthThreads = 8 << 20;

/**
 * Takes the canonical hashes of rows that were read without them. Hashes are a third of the time of a scan, and few questions
 * need them: what tells equal prompts and answers apart.
 */
export class Hashing {
  private running: Promise<void> | undefined;
  private pool: ScanPool | undefined;
  private resting = new AbortController();

  constructor(private readonly options: HashingOptions) {
    options.signal.addEventListener('abort', () => this.pool?.stop(), { once: true });
  }

  /** Resolves when all rows there are have their hashes, or reading was stopped, or is to rest. Fails with `unreadable` or `changed`. */
  ensure(): Promise<void> {
    // What is to rest ends first, and goes on from there.
    if (this.running && this.resting.signal.aborted) return this.running.catch(() => undefined).then(() => this.ensure());
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Ends what is under way; what was taken until then stays. */
  rest(): void {
    this.resting.abort();
    this.pool?.stop();
  }

  private async run(): Promise<void> {
    const { index, scanThread, threads } = this.options;
    this.resting = new AbortController();
    try {
      // Rows may come meanwhile.
      for (let rest = index.unhashed(); rest.length > 0 && !this.isOver; rest = index.unhashed()) {
        const bytes = rest.reduce((sum, { range }) => sum + range.to - range.from, 0);
        if (scanThread !== undefined && threads > 0 && bytes > worthThreads) this.pool ??= new ScanPool(scanThread, threads);
        await this.take(rest);
      }
    } finally {
      const { pool } = this;
      this.pool = undefined;
      await pool?.close();
    }
  }

  private get isOver(): boolean {
    return this.options.signal.aborted || this.resting.signal.aborted;
  }

  private async take(segments: readonly Unhashed[]): Promise<void> {
    const { index, client } = this.options;
    for await (const [{ number }, segment] of inOrder(segments, (each) => this.scan(each), this.pool?.capacity ?? 1)) {
      if (!segment) return;
      await inSlices(index.addHashes(number, segment), undefined, client);
      if (this.isOver) return;
    }
  }

  private async scan({ file, range }: Unhashed): Promise<Segment | undefined> {
    const { sources, client } = this.options;
    const source = sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    const { fd, path } = source;
    if (this.pool) return await this.pool.scan({ fd, path, range, what: 'hashes' });
    try {
      return await inSlices(createScanner('hashes').scan(source.read, range), () => this.isOver, client);
    } catch (error) {
      throw scanError(path, error);
    }
  }
}
