import { useCallback } from 'react';
import { limits } from '#shared/limits.ts';
import type { Message } from '#shared/model/conversation.ts';
import type { Query } from '#shared/model/query.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import type { Answer } from './latest.ts';
import { readSlices } from './read-slices.ts';
import { useLatest } from './use-latest.ts';
import { useRequest } from './use-request.ts';

/**
 * One row with its conversation. While another row is on its way the last one stays; compare `value.row`. A link may name a row
 * that is still to be read: it is asked for when it is there.
 */
export function useRollout(row: number, metric: string): Answer<RolloutDetail> {
  const call = useCall();
  const { dataset, state } = useDataset();
  const isToCome = state.phase === 'reading' && row >= state.lines;
  const ask = useCallback(
    async (asked: { row: number; metric: string }, signal: AbortSignal): Promise<RolloutDetail> => {
      const messages: Message[] = [];
      const onProgress = (part: { messages: Message[] }): void => void messages.push(...part.messages);
      const detail = await call('rollout.read', { dataset, ...asked }, { signal, onProgress });
      return detail.kind === 'rollout' && messages.length > 0 ? { ...detail, messages: [...messages, ...detail.messages] } : detail;
    },
    [call, dataset],
  );
  return useLatest(ask, isToCome ? null : { row, metric });
}

/** Where a row stands in the order of a query. */
export interface Place {
  /** From 0; null when the query leaves the row out. */
  readonly position: number | null;
  readonly total: number;
  readonly previous: number | null;
  readonly next: number | null;
}

/** Rows [start, start + rows.length) in the order of a query. */
interface Stretch {
  readonly start: number;
  readonly rows: readonly number[];
  readonly total: number;
}

/** Rows fetched on either side, so that going on and on seldom waits. */
const stretchRows = 50;

/** The rows before and after one in the order of the query; undefined until known. */
export function useNeighbours(query: Query, row: number): Place | undefined {
  const call = useCall();
  const { dataset, version } = useDataset();
  const ask = useCallback(
    async (from: { query: Query; row: number }, signal: AbortSignal): Promise<Stretch> => {
      const { position } = await call('rows.find', { dataset, ...from }, { signal });
      const start = Math.max(0, (position ?? 0) - stretchRows);
      const range = { start, end: (position ?? 0) + stretchRows };
      const { rows, total } = await call('rows.page', { dataset, query: from.query, draft: [], range, columns: [] }, { signal });
      return { start, rows, total };
    },
    [call, dataset],
  );
  const { value, loading } = useLatest(ask, { query, row }, { version });
  if (value === undefined) return undefined;
  const at = value.rows.indexOf(row);
  if (at >= 0) {
    const [previous, next] = [value.rows[at - 1] ?? null, value.rows[at + 1] ?? null];
    return { position: value.start + at, total: value.total, previous, next };
  }
  // A row that the filter leaves out goes on to the first that it keeps.
  return loading ? undefined : { position: null, total: value.total, previous: null, next: value.rows[0] ?? null };
}

/** Bytes [start, end) of a row's line as text. */
export function useRaw(row: number, start: number, end: number): Answer<{ text: string; bytes: number }> {
  const { dataset } = useDataset();
  return useRequest('rollout.raw', end > start ? { dataset, row, range: { start, end } } : null);
}

/** Reads a whole line of so many bytes. */
export function useReadLine(): (row: number, bytes: number) => Promise<string> {
  const call = useCall();
  const { dataset } = useDataset();
  return useCallback(
    (row, bytes) =>
      readSlices(async (start, end) => (await call('rollout.raw', { dataset, row, range: { start, end } })).text, bytes, limits.rawBytes),
    [call, dataset],
  );
}
