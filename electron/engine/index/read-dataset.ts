import { type Client, inSlices, nextTurn } from '../jobs/index.ts';
import {
  createScanner,
  type FilePosition,
  type PlannedFile,
  type PlannedSegment,
  scanError,
  ScanPool,
  type ScanWhat,
  SegmentPlan,
  type Segment,
} from '../scan/index.ts';
import type { LineScanner } from '../scan/segment.ts';
import { defaultThreads } from '../threads/thread-count.ts';
import { checkIncoming, endOfLines, onlyBlankLines, type Source } from '../source/index.ts';
import { Following, restMs } from './following.ts';
import { Hashing } from './hashing.ts';
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
  /** Lines that one dataset may have; limits.rows by default. */
  readonly mostRows?: number | undefined;
  /** Whether canonical hashes are taken at once, which is cheaper than reading twice; by default of small files. */
  readonly hashes?: boolean | undefined;
  /** Whether they are needed all the same, as far as is known now. */
  readonly needsHashes?: (() => boolean) | undefined;
  /** Whether `follow` will be called: then a last line that is cut just now is left to it. */
  readonly follows?: boolean | undefined;
}

/** A dataset that is being read, or has been. */
export interface ReadingDataset {
  readonly index: RowIndex;
  /** How reading ended. Fails with `unreadable`, `changed` or `not-rollouts`; even then the index keeps what was read. */
  readonly done: Promise<'complete' | 'stopped'>;
  progress(): ReadProgress;
  /**
   * Takes the canonical hashes of rows that have none; rows still to come then have theirs at once. Resolves early when closed. Fails
   * with `unreadable` or `changed`.
   */
  hash(): Promise<void>;
  /** Lets that rest, if it is under way: the hashes taken so far stay, and `hash` resolves early. */
  restHashing(): void;
  /** Rows that have their hashes. */
  hashedRows(): number;
  /** Saves the index of files that were read whole, for the next time. Whatever prevents it only costs time then. */
  save(): Promise<void>;
  /** Takes in what is appended to the files from now on, but not while `isHeld`. To be called once, after `done` said complete and `save` has ended. */
  follow(isHeld: () => boolean): Following;
  /** Stops reading, following and ends the threads. The sources stay open: they belong to the caller. */
  close(): Promise<void>;
}

/** Files smaller than this are read before a thread has started. */
const worthThreads = 8 << 20;
/** Of so many bytes hashes cost less than a tenth of a second. */
const worthHashingLater = 64 << 20;

/** Starts to read files as one list of rows. The first rows are there after a few milliseconds, the others in file order. */
export function readDataset(sources: readonly Source[], options: ReadOptions = {}): ReadingDataset {
  const index = new GrowingIndex(sources, options.mostRows);
  const count = new ProgressCount(sources);
  const saved = options.saving && new SavedReading(sources, options.saving);
  const client = options.client ?? {};
  const stopping = new AbortController();
  const closing = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve(), { once: true }));
  let isStopped = options.signal?.aborted ?? false;
  let pool: ScanPool | undefined;
  let isHashing = options.hashes ?? count.now().bytesTotal < worthHashingLater;
  let following: Following | undefined;
  /** By file: the segment of a last line without a newline. */
  const openEnds = new Map<number, number>();
  let isHeld = false;
  const stop = (): void => {
    isStopped = true;
    stopping.abort();
    pool?.stop();
    void following?.close();
  };
  options.signal?.addEventListener('abort', stop, { once: true });

  async function publish({ file, range, isOpenEnded }: PlannedSegment, segment: Segment): Promise<void> {
    if (isOpenEnded === true && options.follows === true) {
      const source = sourceAt(sources, file);
      const mayGoOn = segment.cutLastLine && Date.now() - source.look().mtimeMs < restMs;
      if (!source.incoming && (mayGoOn || segment.rowCount === 0)) {
        isHeld ||= mayGoOn;
        source.take(range.from);
        return;
      }
      openEnds.set(file, count.segments.length);
    }
    await (adding = inSlices(index.add(file, segment), undefined, client));
    count.add(countSegment(file, range.to, segment));
    if (!isHashing && options.needsHashes?.() === true) void hash().catch(() => undefined);
    await options.onGrow?.();
  }

  const threads = options.threads ?? defaultThreads();
  const hashing = new Hashing({ sources, index, scanThread: options.scanThread, threads, client, signal: closing.signal });
  /** Settled when no rows without hashes are being added. */
  let adding: Promise<unknown> = Promise.resolve();
  async function hash(): Promise<void> {
    isHashing = true;
    await adding;
    await hashing.ensure();
  }
  const wanted = (): ScanWhat => (isHashing ? 'all' : 'columns');

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
    const plan = new SegmentPlan(
      sources.map((source, file) => plannedFile(source, sources[file + 1])),
      await (adding = load()),
    );
    if (isStopped) return 'stopped';
    const scanners = new Map<ScanWhat, LineScanner>();
    const scanHere = async ({ file, range }: PlannedSegment): Promise<Segment | undefined> => {
      const source = sourceAt(sources, file);
      try {
        const what = wanted();
        const scanner = scanners.get(what) ?? createScanner(what);
        scanners.set(what, scanner);
        return await inSlices(scanner.scan(source.read, range), () => isStopped, client);
      } catch (error) {
        throw scanError(source.path, error);
      }
    };
    const scanThere = (threadPool: ScanPool, { file, range }: PlannedSegment): Promise<Segment | undefined> => {
      const { fd, path } = sourceAt(sources, file);
      return threadPool.scan({ fd, path, range, what: wanted() });
    };

    const running: { planned: PlannedSegment; segment: Promise<Segment | undefined> }[] = [];
    // The calling thread takes the first segments, while the others start.
    let first = plan.next();
    while (!first && !plan.isOver && !isStopped) {
      await Promise.race([plan.more(), stopped]);
      first = plan.next();
    }
    const isLarge = first !== undefined && (bytesTotal > worthThreads || sources.some(({ incoming }) => incoming));
    if (options.scanThread !== undefined && threads > 0 && isLarge) pool = new ScanPool(options.scanThread, threads);
    if (first) {
      const segment = await scanHere(first);
      if (!segment) return 'stopped';
      await publish(first, segment);
    }
    while (!isStopped) {
      if (pool?.isReady === true) scanners.clear();
      while (running.length < (pool?.isReady === true ? pool.capacity : 1)) {
        const next = plan.next();
        if (!next) break;
        const segment = pool?.isReady === true ? scanThere(pool, next) : scanHere(next);
        // A failure is met when its turn comes; until then it is not unhandled.
        segment.catch(() => undefined);
        running.push({ planned: next, segment });
      }
      const oldest = running.shift();
      if (!oldest && !plan.isOver) {
        await Promise.race([plan.more(), stopped]);
        continue;
      }
      if (!oldest) {
        if (plan.failure) throw plan.failure;
        if (index.rowCount === 0 && !isHeld && sources[0]) throw onlyBlankLines(sources[0].path);
        return 'complete';
      }
      let segment = await oldest.segment;
      // Hashes were asked for after it was handed out.
      if (segment && isHashing && !segment.hashed) segment = await (pool ? scanThere(pool, oldest.planned) : scanHere(oldest.planned));
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
    hash,
    restHashing: () => hashing.rest(),
    hashedRows: () => index.rowCount - index.unhashed().reduce((sum, { rows }) => sum + rows, 0),
    save: async () => saved?.save(index, count, stopping.signal),
    follow(isHeld) {
      following = new Following({ sources, index, count, openEnds, onGrow: options.onGrow, isHeld });
      if (isStopped) void following.close();
      return following;
    },
    async close() {
      stop();
      closing.abort();
      await done.catch(() => undefined);
      await following?.close();
    },
  };
}

function sourceAt(sources: readonly Source[], file: number): Source {
  const source = sources[file];
  if (!source) throw new RangeError(`file ${file}`);
  return source;
}

/** `next`: the source after it, whose bytes may begin to come meanwhile. */
function plannedFile(source: Source, next: Source | undefined): PlannedFile {
  const { incoming } = source;
  return {
    get size() {
      return source.size;
    },
    get isWhole() {
      return incoming?.isOver ?? true;
    },
    get failure() {
      return incoming?.failure;
    },
    endOfLines(from, to) {
      try {
        return endOfLines(source.read, from, to);
      } catch {
        // Whoever reads on will meet what is wrong with the disk, in its place.
        return to;
      }
    },
    begin(isEnough) {
      incoming?.start();
      next?.incoming?.start();
      if (isEnough) checkIncoming(source);
    },
    more: async () => incoming?.more(),
  };
}
