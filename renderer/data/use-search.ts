import { useCallback, useEffect, useRef, useState } from 'react';
import { toAppError, type AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { JobProgress } from '#shared/model/job.ts';
import type { SearchBands, SearchMatch, SearchPattern, SearchTotals } from '#shared/model/search.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';

/** Rollouts whose hits are kept at hand; all are counted. */
export const keptMatches = 20_000;

export interface Search {
  /** In the order of the rows; grows in place while `found` counts up, so that nothing is copied for each report. */
  readonly matches: readonly SearchMatch[];
  /** Rollouts with hits, and hits, so far. */
  readonly found: { readonly rows: number; readonly hits: number };
  readonly progress: JobProgress | null;
  /** How they are spread over a metric, so far; null where there is none. */
  readonly bands: SearchBands | null;
  /** Once all has been searched. */
  readonly totals: SearchTotals | null;
  readonly error: AppError | null;
  readonly running: boolean;
  /** Stopped by the user: what was found stays. */
  readonly stopped: boolean;
}

const nothing: Search = {
  matches: [],
  found: { rows: 0, hits: 0 },
  progress: null,
  bands: null,
  totals: null,
  error: null,
  running: false,
  stopped: false,
};

/** What hits are counted by; without a pass mark by that of the metric. */
interface BandsOf {
  readonly metric: string | undefined;
  readonly passMark: number | undefined;
}

const fine = { kind: 'auto' } as const;

/**
 * Looks for a pattern in what the rollouts of a filter say, from anew for each pattern, filter and metric. Null looks for nothing.
 */
export function useSearch(pattern: SearchPattern | null, filter: readonly string[], by: BandsOf): Search & { stop: () => void } {
  const call = useCall();
  const { dataset, isBlank } = useDataset();
  const [search, setSearch] = useState(nothing);
  const flight = useRef<AbortController | null>(null);
  const key = isBlank || pattern === null ? null : JSON.stringify({ dataset, filter, pattern, by });

  useEffect(() => {
    if (key === null || pattern === null) {
      setSearch(nothing);
      return undefined;
    }
    const abort = new AbortController();
    flight.current = abort;
    const matches: SearchMatch[] = [];
    let hits = 0;
    const { metric, passMark } = by;
    const bands = metric === undefined ? {} : { bands: { metric, binning: fine, ...(passMark !== undefined && { passMark }) } };
    // Those of the search before stay in their place until there are others.
    setSearch((before) => ({ ...nothing, bands: before.bands?.metric === metric ? before.bands : null, matches, running: true }));
    const limit = Math.min(keptMatches, limits.searchMatches);
    call(
      'search.run',
      { dataset, filter: [...filter], pattern, limit, ...bands },
      {
        signal: abort.signal,
        onProgress: ({ matches: more, bands: counted, ...progress }) => {
          if (abort.signal.aborted) return;
          for (const match of more) {
            matches.push(match);
            hits += match.hits;
          }
          setSearch({ ...nothing, matches, found: { rows: matches.length, hits }, progress, bands: counted ?? null, running: true });
        },
      },
    ).then(
      (totals) => {
        if (abort.signal.aborted) return;
        setSearch({ ...nothing, matches, found: { rows: totals.rows, hits: totals.hits }, totals, bands: totals.bands ?? null });
      },
      (thrown: unknown) => {
        if (!abort.signal.aborted) setSearch({ ...nothing, matches, found: { rows: matches.length, hits }, error: toAppError(thrown) });
      },
    );
    return () => abort.abort();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for what is asked
  }, [call, key]);

  const stop = useCallback(() => {
    flight.current?.abort();
    setSearch((now) => (now.running ? { ...now, running: false, stopped: true } : now));
  }, []);
  return { ...search, stop };
}
