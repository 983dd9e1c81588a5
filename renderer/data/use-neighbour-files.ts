import { useCallback, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { Neighbour } from '#shared/model/neighbour.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useRequest } from './use-request.ts';

export type { Neighbour } from '#shared/model/neighbour.ts';

/** What Gym wrote beside the files of the dataset. */
export interface NeighbourFiles {
  /** Undefined until known. */
  readonly neighbours: readonly Neighbour[] | undefined;
  readonly error: AppError | null;
  /** Joins it, or no longer: columns and counts change with it. */
  readonly turn: (neighbour: Neighbour) => Promise<void>;
}

export function useNeighbourFiles(): NeighbourFiles {
  const call = useCall();
  const { dataset, version } = useDataset();
  const [turned, setTurned] = useState(0);
  const { value, error } = useRequest('dataset.neighbours', { dataset }, { version: version + turned, pace: 'settle' });
  const turn = useCallback(
    async ({ file, kind, enabled }: Neighbour) => {
      // What changes with it is told by whoever watches the dataset.
      await call('dataset.setNeighbour', { dataset, file, kind, enabled: !enabled });
      setTurned((count) => count + 1);
    },
    [call, dataset],
  );
  return { neighbours: value?.neighbours, error, turn };
}
