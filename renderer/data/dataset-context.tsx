import { createContext, useContext, useDeferredValue, useMemo, type ReactNode } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { useAddedColumns, type ColumnReading } from './use-added-columns.ts';
import { usePaced } from './use-paced.ts';
import { useRequest } from './use-request.ts';

/** The open dataset as far as it has been read. */
export interface OpenDataset {
  /** Id for every contract call. */
  readonly dataset: string;
  readonly state: DatasetState;
  /** Derived ones first, then in the order of the file, then those the user added. Grows while reading. */
  readonly columns: readonly ColumnInfo[];
  /** Changes when there is more to ask about, once a second while reading; give it to useRequest to follow a growing file. */
  readonly version: number;
  /** The same for the rows in view, which follow sooner. */
  readonly rowsVersion: number;
  /** Nothing has been read yet: there is nothing to ask. */
  readonly isBlank: boolean;
}

const DatasetContext = createContext<OpenDataset | null>(null);
const ReadingContext = createContext<ColumnReading | null>(null);

export function useDataset(): OpenDataset {
  const dataset = useContext(DatasetContext);
  if (dataset === null) throw new Error('useDataset needs a DatasetProvider');
  return dataset;
}

/** The added column that lines are being read for, and how far that is; changes ten times a second while they are. */
export function useColumnReading(): ColumnReading | null {
  return useContext(ReadingContext);
}

const noColumns: readonly ColumnInfo[] = [];
const noNames: readonly string[] = [];

/** `state` comes from useSession, which watches the reading. */
export function DatasetProvider({ state, children }: { state: DatasetState; children: ReactNode }) {
  const { dataset } = state;
  const { view } = useSteadyView();
  const reading = state.phase === 'reading';
  const read = state.version + (reading ? 0 : 1);
  const grows = reading || state.growing;
  const version = usePaced(read, 1000, !grows);
  const rowsVersion = usePaced(read, 250, !grows);
  const isBlank = reading && state.lines === 0;
  const answer = useRequest('dataset.columns', isBlank ? null : { dataset }, { version, pace: 'settle' }).value;
  // Nearly everything is drawn by them: in pieces.
  const found = useDeferredValue(answer?.columns ?? noColumns);
  // Their lines are read when all are known: before, that would hold up the reading of the file.
  const { columns: added, reading: columnReading } = useAddedColumns(dataset, reading ? noNames : view.added, version);
  // Nor are they told of first: a table would have no other columns, and be remembered so.
  const columns = useMemo(
    () => (found.length === 0 ? noColumns : [...found.filter(({ name }) => !added.some((column) => column.name === name)), ...added]),
    [found, added],
  );
  const value = useMemo(
    () => ({ dataset, state, columns, version, rowsVersion, isBlank }),
    [dataset, state, columns, version, rowsVersion, isBlank],
  );
  return (
    <DatasetContext value={value}>
      <ReadingContext value={columnReading}>{children}</ReadingContext>
    </DatasetContext>
  );
}
