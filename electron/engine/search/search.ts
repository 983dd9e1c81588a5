import { AppError } from '#shared/errors.ts';
import type { SearchMatch, SearchPattern, SearchProgress, SearchTotals } from '#shared/model/search.ts';
import type { RowIndex } from '../index/types.ts';
import { type Client, inSlices, RateMeter } from '../jobs/index.ts';
import { processorCount } from '../scan/index.ts';
import type { Source } from '../source/index.ts';
import { ThreadPool } from '../threads/thread-pool.ts';
import { type Block, blocksOf } from './blocks.ts';
import { matcherOf } from './matcher.ts';
import type { LineHits } from './search-lines.ts';
import { blockSearch, type SearchRequest } from './thread.ts';

/** What is searched: rows of an index whose lines lie in files. */
export interface Searched {
  readonly index: Pick<RowIndex, 'place'>;
  readonly sources: readonly Source[];
  /** Of the files, in order. */
  readonly names: readonly string[];
  /** Bundle of electron/scan-thread.ts; without it the calling thread searches, in turns. */
  readonly scanThread?: string | undefined;
  readonly threads?: number | undefined;
}

export interface SearchJob {
  readonly signal?: AbortSignal | undefined;
  readonly client?: Client | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

/** Less is searched before a thread has started. */
const worthThreads = 4 << 20;
const mostThreads = 8;
const reportMs = 100;
/** Matches of one report. */
const mostMatches = 200;

/**
 * Searches the lines of rows (ascending rollouts), at most `limit` matches of which are reported; all are counted. Matches come
 * in the order of the rows, whatever the number of threads. Fails with bad-input, `unreadable`, `changed` and `cancelled`.
 */
export async function searchRows(
  searched: Searched,
  { pattern, rows, limit }: { readonly pattern: SearchPattern; readonly rows: Uint32Array; readonly limit: number },
  job: SearchJob = {},
  onRow: (row: number) => void = () => undefined,
): Promise<SearchTotals> {
  matcherOf(pattern); // what is wrong with it is said here, not by a thread
  const { index, names } = searched;
  const blocks = [...blocksOf(index, rows)];
  const bytesTotal = blocks.reduce((sum, { bytes }) => sum + bytes, 0);
  const worker = workerFor(searched, pattern, bytesTotal, job);
  const meter = new RateMeter();
  const totals = { rowsSearched: 0, rows: 0, hits: 0, unread: 0 };
  let bytesDone = 0;
  let reported = 0;
  let reportedAt = performance.now();
  let matches: SearchMatch[] = [];

  const report = (): void => {
    reportedAt = performance.now();
    job.onProgress?.({ ...meter.at(bytesDone, bytesTotal), matches });
    matches = [];
  };
  const take = ({ rows: inBlock, bytes }: Block, found: readonly LineHits[]): void => {
    bytesDone += bytes;
    totals.rowsSearched += inBlock.length;
    for (const { line, hits, snippets } of found) {
      const row = inBlock[line] ?? 0;
      if (hits < 0) {
        totals.unread++;
        continue;
      }
      totals.rows++;
      totals.hits += hits;
      onRow(row);
      if (reported++ >= limit) continue;
      const { file, line: number } = index.place(row);
      matches.push({ row, path: names[file] ?? '', line: number, hits, snippets: [...snippets] });
      if (matches.length >= mostMatches) report();
    }
    if (performance.now() - reportedAt >= reportMs) report();
  };

  try {
    const running: { block: Block; found: Promise<LineHits[] | undefined> }[] = [];
    let next = 0;
    while (next < blocks.length || running.length > 0) {
      for (let block = blocks[next]; block && running.length < worker.capacity; block = blocks[next]) {
        const found = worker.search(block);
        // A failure is met when its turn comes; until then it is not unhandled.
        found.catch(() => undefined);
        running.push({ block, found });
        next++;
      }
      const oldest = running.shift();
      if (!oldest) break;
      const found = await Promise.race([oldest.found, worker.stopped]);
      if (!found) throw new AppError('cancelled', 'The search was stopped.');
      take(oldest.block, found);
    }
    report();
    return totals;
  } finally {
    await worker.close();
  }
}

interface SearchWorker {
  readonly capacity: number;
  /** Resolves when the search is stopped. */
  readonly stopped: Promise<undefined>;
  search(block: Block): Promise<LineHits[] | undefined>;
  close(): Promise<void>;
}

function workerFor(
  { sources, scanThread, threads }: Searched,
  pattern: SearchPattern,
  bytes: number,
  { signal, client }: SearchJob,
): SearchWorker {
  const isStopped = (): boolean => signal?.aborted === true;
  const requestOf = ({ file, starts, ends }: Block): SearchRequest => {
    const source = sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    source.verify();
    return { pattern, fd: source.fd, path: source.path, starts, ends };
  };
  const count = threads ?? Math.min(mostThreads, processorCount());
  const pool =
    scanThread !== undefined && count > 0 && bytes > worthThreads
      ? new ThreadPool<SearchRequest, LineHits[]>(scanThread, count, 'search')
      : undefined;
  let onStop = (): void => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    onStop = () => {
      pool?.stop();
      resolve(undefined);
    };
  });
  if (isStopped()) onStop();
  signal?.addEventListener('abort', onStop, { once: true });
  const search = blockSearch();
  return {
    capacity: pool?.capacity ?? 1,
    stopped,
    async search(block) {
      const request = requestOf(block);
      return pool ? pool.run(request) : inSlices(search(request), isStopped, client);
    },
    async close() {
      signal?.removeEventListener('abort', onStop);
      await pool?.close();
    },
  };
}
