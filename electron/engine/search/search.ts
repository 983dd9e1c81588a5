import type { SearchMatch, SearchPattern, SearchProgress, SearchTotals } from '#shared/model/search.ts';
import type { RowIndex } from '../index/types.ts';
import { type Client, RateMeter } from '../jobs/index.ts';
import type { LineThreads } from '../lines/index.ts';
import type { BandCounts } from './band-counts.ts';

/** What is searched: rows of an index, by threads that read their lines. */
export interface Searched {
  readonly index: Pick<RowIndex, 'place'>;
  readonly threads: LineThreads;
  /** Of the files, in order. */
  readonly names: readonly string[];
}

/** What is looked for, in which rows; hits are counted by bands, where there are some. */
export interface SearchedRows {
  readonly pattern: SearchPattern;
  readonly rows: Uint32Array;
  readonly limit: number;
  readonly bands?: BandCounts | undefined;
}

export interface SearchJob {
  readonly signal?: AbortSignal | undefined;
  readonly client?: Client | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

const reportMs = 100;
/** Matches of one report. */
const mostMatches = 200;

/**
 * Searches the lines of rows (ascending rollouts), at most `limit` matches of which are reported; all are counted. Matches come
 * in the order of the rows, whatever the number of threads. Fails with bad-input, `unreadable`, `changed` and `cancelled`.
 */
export async function searchRows(
  { index, threads, names }: Searched,
  { pattern, rows, limit, bands }: SearchedRows,
  { signal, client, onProgress }: SearchJob = {},
): Promise<SearchTotals> {
  const meter = new RateMeter();
  const totals = { rowsSearched: 0, rows: 0, hits: 0, unread: 0 };
  let bytes = { bytesDone: 0, bytesTotal: 0 };
  let reported = 0;
  let reportedAt = performance.now();
  let matches: SearchMatch[] = [];

  const report = (): void => {
    reportedAt = performance.now();
    onProgress?.({ ...meter.at(bytes.bytesDone, bytes.bytesTotal), matches, ...(bands && { bands: bands.counts() }) });
    matches = [];
  };

  await threads.run(
    { kind: 'search', pattern },
    rows,
    ({ rows: inBlock }, answer, done) => {
      if (answer.kind !== 'search') throw new TypeError(answer.kind);
      bytes = done;
      totals.rowsSearched += inBlock.length;
      if (bands) for (const row of inBlock) bands.searched(row);
      for (const { line, hits, snippets } of answer.hits) {
        const row = inBlock[line] ?? 0;
        if (hits < 0) {
          totals.unread++;
          continue;
        }
        totals.rows++;
        totals.hits += hits;
        bands?.found(row, hits);
        if (reported++ >= limit) continue;
        const { file, line: number } = index.place(row);
        matches.push({ row, path: names[file] ?? '', line: number, hits, snippets: [...snippets] });
        if (matches.length >= mostMatches) report();
      }
      if (performance.now() - reportedAt >= reportMs) report();
    },
    { signal, client },
  );
  report();
  return bands ? { ...totals, bands: bands.counts() } : totals;
}
