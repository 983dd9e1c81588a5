import { useCallback } from 'react';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Query } from '#shared/model/query.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useProgress, type Telling } from './use-job.ts';

export interface Preparation {
  /** How far rows have been gone through for it; null while they are not. */
  readonly progress: LinesProgress | null;
  /** The last query that could be answered. */
  readonly ready: Query;
}

const everything: Query = { filter: [], sort: [] };

/** What the engine must read before it can answer a query, which it mostly need not. Null: nothing is to be answered. */
export function usePreparation(query: Query | null): Preparation {
  const call = useCall();
  const { dataset, version, isBlank } = useDataset();
  const prepare = useCallback(
    async (asked: Query, telling: Telling<LinesProgress>) => {
      const ordered = asked.sort.map(({ column }) => column);
      await call('dataset.prepare', { dataset, filter: asked.filter, columns: [], ordered }, telling);
      return asked;
    },
    [call, dataset],
  );
  const isAll = query === null || (query.filter.length === 0 && query.sort.length === 0);
  const { value: ready = everything, progress } = useProgress(prepare, isBlank || isAll ? null : query, { version });
  return { progress, ready };
}
