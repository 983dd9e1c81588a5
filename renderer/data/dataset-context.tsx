import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { useRequest } from './use-request.ts';

/** The open dataset as far as it has been read. */
export interface OpenDataset {
  /** Id for every contract call. */
  readonly dataset: string;
  readonly state: DatasetState;
  /** Derived ones first, then in the order of the file. Grows while reading. */
  readonly columns: readonly ColumnInfo[];
  /** Changes when there is more to ask about; give it to useRequest to follow a growing file. */
  readonly version: number;
}

const DatasetContext = createContext<OpenDataset | null>(null);

export function useDataset(): OpenDataset {
  const dataset = useContext(DatasetContext);
  if (dataset === null) throw new Error('useDataset needs a DatasetProvider');
  return dataset;
}

const noColumns: readonly ColumnInfo[] = [];

/** `state` comes from useSession, which watches the reading. */
export function DatasetProvider({ state, children }: { state: DatasetState; children: ReactNode }) {
  const { dataset } = state;
  const version = state.lines + (state.phase === 'reading' ? 0 : 1);
  const columns = useRequest('dataset.columns', { dataset }, { version, pace: 'settle' }).value?.columns ?? noColumns;
  const value = useMemo(() => ({ dataset, state, columns, version }), [dataset, state, columns, version]);
  return <DatasetContext value={value}>{children}</DatasetContext>;
}
