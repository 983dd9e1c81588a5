import { cpus } from 'node:os';
import { type Client, inSlices, nextTurn } from '../jobs/index.ts';
import { createScanner, type FilePosition, type PlannedSegment, planSegments, scanError, ScanPool, type Segment } from '../scan/index.ts';
import { onlyBlankLines, type Source } from '../source/index.ts';
import { GrowingIndex } from './growing-index.ts';
import { SavedReading, type SavingOptions } from './saved-reading.ts';
import { countSegment, ProgressCount, type ReadProgress } from './read-progress.ts';
import type { RowIndex } from './types.ts';

export interface ReadOptions {
  /** Bundle of electron/scan-thread.ts; without it the calling thread scans, in slices. */
  readonly scanThread?: string | undefined;
  /** Scan threads; by default as many as the machine has processors, at most 8. */
  readonly threads?: number | undefined;
  /** Called when rows were added; no more are, until what it returns is settled. */
  readonly onGrow?: (() => unknown) | undefined;
  /** Stops reading and saving; what has been read stays. */
  readonly signal?: AbortSignal | undefined;
  /** Where indexes are kept between runs. */
  readonly saving?: SavingOptions | undefined;
  /** Whose work this is; by default its own. */
  readonly client?: Client | undefined;
}

/** A dataset that is being read, or has been. */
export interface ReadingDataset {
  readonly index: RowIndex;
  /** How reading ended. Fails with `unreadable`, `changed` or `not-rollouts`; even then the index keeps what was read. */
  readonly done: Promise<'complete' | 'stopped'>;
  progress(): ReadProgress;
  /** Saves the index of files that were read whole, for the next time. Whatever prevents it only costs time then. */
  save(): Promise<void>;
  /** Stops reading and ends the threads. The sources stay open: they belong to the caller. */
  close(): Promise<void>;
}

/** Files smaller than this are read before a thread has started. */
const worthThreads = 8 << 20;
const mostThreads = 8;

/** Starts to read files as one list of rows. The first rows are there after a few milliseconds, the others in file order. */
export function readDataset(sources: readonly Source[], options: ReadOptions = {}): ReadingDataset {
  const index = new GrowingIndex(sources);
  const count = new ProgressCount(sources.map(({ size }) => size));
  const saved = options.saving && new SavedReading(sources, options.saving);
  const client = options.client ?? {};
  const stopping = new AbortController();
  let isStopped = options.signal?.aborted ?? false;
  let pool: ScanPool | undefined;
  const stop = (): void => {
    isStopped = true;
    stopping.abort();
    pool?.stop();
  };
  options.signal?.addEventListener('abort', stop, { once: true });

  async function publish({ file, range }: PlannedSegment, segment: Segment): Promise<void> {
    await inSlices(index.add(file, segment), undefined, client);
    count.add(countSegment(file, range.to, segment));
    await options.onGrow?.();
  }

  /** Where to read on. */
  async function load(): Promise<FilePosition | undefined> {
    return saved?.load(async (segment, fields) => {
      if (isStopped) return false;
      index.restore(segment.file, segment, fields);
      count.add(segment);
      await options.onGrow?.();
      return true;
    });
  }

  async function read(): Promise<'complete' | 'stopped'> {
    const { bytesTotal } = count.now();
    const threads = options.threads ?? Math.min(mostThreads, cpus().length);
    const plan = planSegments(
      sources.map(({ size }) => size),
      await load(),
    );
    if (isStopped) return 'stopped';
    const scanner = createScanner();
    const scanHere = async ({ file, range }: PlannedSegment): Promise<Segment | undefined> => {
      const source = sourceAt(sources, file);
      try {
        return await inSlices(scanner.scan(source.read, range), () => isStopped, client);
      } catch (error) {
        throw scanError(source.path, error);
      }
    };
    const scanThere = (threadPool: ScanPool, { file, range }: PlannedSegment): Promise<Segment | undefined> => {
      const { fd, path } = sourceAt(sources, file);
      return threadPool.scan({ fd, path, range });
    };

    const running: { planned: PlannedSegment; segment: Promise<Segment | undefined> }[] = [];
    // The calling thread takes the first segment, and only then starts the others: they would compete for its first rows.
    const first = plan.next();
    if (!first.done) {
      const segment = await scanHere(first.value);
      if (!segment) return 'stopped';
      await publish(first.value, segment);
    }
    const isLarge = !first.done && bytesTotal > worthThreads;
    if (options.scanThread !== undefined && threads > 0 && isLarge) pool = new ScanPool(options.scanThread, threads);
    while (!isStopped) {
      while (running.length < (pool?.capacity ?? 1)) {
        const next = plan.next();
        if (next.done) break;
        const segment = pool ? scanThere(pool, next.value) : scanHere(next.value);
        // A failure is met when its turn comes; until then it is not unhandled.
        segment.catch(() => undefined);
        running.push({ planned: next.value, segment });
      }
      const oldest = running.shift();
      if (!oldest) {
        if (index.rowCount === 0 && sources[0]) throw onlyBlankLines(sources[0].path);
        return 'complete';
      }
      const segment = await oldest.segment;
      if (!segment) break;
      await publish(oldest.planned, segment);
    }
    return 'stopped';
  }

  async function readToTheEnd(): Promise<'complete' | 'stopped'> {
    // The caller gets hold of the dataset before its first rows.
    await nextTurn(client);
    try {
      return await read();
    } finally {
      await pool?.close();
    }
  }

  const done = readToTheEnd();
  // Whoever does not wait for the end need not handle its failure.
  done.catch(() => undefined);
  return {
    index,
    done,
    progress: () => count.now(),
    save: async () => saved?.save(index, count, stopping.signal),
    async close() {
      stop();
      await done.catch(() => undefined);
    },
  };
}

function sourceAt(sources: readonly Source[], file: number): Source {
  const source = sources[file];
  if (!source) throw new RangeError(`file ${file}`);
  return source;
}
