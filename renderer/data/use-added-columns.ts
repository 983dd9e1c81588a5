import { useEffect, useMemo, useState } from 'react';
import { toAppError } from '#shared/errors.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import { useCall } from './client.tsx';

interface Known {
  readonly dataset: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;
}

/** A column that lines are read for. */
export interface ColumnReading {
  readonly column: string;
  readonly progress: LinesProgress;
}

interface AddedColumns {
  readonly columns: readonly ColumnInfo[];
  readonly reading: ColumnReading | null;
}

/**
 * What the columns hold that the user added: nested paths, which the engine reads from the lines, and what expressions
 * compute. One that is being read, or that the dataset does not have, is not among them. `version`: asks anew when it changes.
 */
export function useAddedColumns(dataset: string, names: readonly string[], version: number): AddedColumns {
  const call = useCall();
  const [known, setKnown] = useState<Known>({ dataset, columns: new Map() });
  const [reading, setReading] = useState<ColumnReading | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    // One after the other: several that are read at once would only share the same disk.
    const askAll = async (): Promise<void> => {
      for (const column of names) {
        const onProgress = (progress: LinesProgress): void => (abort.signal.aborted ? undefined : setReading({ column, progress }));
        const info = await call('column.describe', { dataset, column }, { signal: abort.signal, onProgress }).catch((thrown: unknown) => {
          if (toAppError(thrown).code === 'cancelled') throw thrown;
          return null;
        });
        setReading(null);
        if (info === null) continue;
        setKnown((now) => ({ dataset, columns: new Map(now.dataset === dataset ? now.columns : []).set(column, info) }));
      }
    };
    askAll().catch(() => undefined);
    return () => {
      abort.abort();
      setReading(null);
    };
  }, [call, dataset, names, version]);

  const columns = useMemo(
    () => names.flatMap((name) => (known.dataset === dataset ? (known.columns.get(name) ?? []) : [])),
    [known, dataset, names],
  );
  return { columns, reading };
}
