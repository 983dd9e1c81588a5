import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { usePaced } from './use-paced.ts';
import { useRequest } from './use-request.ts';

/** The open dataset as far as it has been read. */
export interface OpenDataset {
  /** Id for every contract call. */
  readonly dataset: string;
  readonly state: DatasetState;
  /** Derived ones first, then in the order of the file. Grows while reading. */
  readonly columns: readonly ColumnInfo[];
  /** Changes when there is more to ask about, once a second while reading; give it to useRequest to follow a growing file. */
  readonly version: number;
  /** The same for the rows in view, which follow sooner. */
  readonly rowsVersion: number;
  /** Nothing has been read yet: there is nothing to ask. */
  readonly isBlank: boolean;
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
  const reading = state.phase === 'reading';
  const read = state.version + (reading ? 0 : 1);
  const grows = reading || state.growing;
  const version = usePaced(read, 1000, !grows);
  const rowsVersion = usePaced(read, 250, !grows);
  const isBlank = reading && state.lines === 0;
  const columns = useRequest('dataset.columns', isBlank ? null : { dataset }, { version, pace: 'settle' }).value?.columns ?? noColumns;
  const value = useMemo(
    () => ({ dataset, state, columns, version, rowsVersion, isBlank }),
    [dataset, state, columns, version, rowsVersion, isBlank],
  );
  return <DatasetContext value={value}>{children}</DatasetContext>;
}
