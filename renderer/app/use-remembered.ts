import { useEffect } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import type { Recent } from '#shared/model/grant.ts';
import { useCall } from '../data/client.tsx';
import type { Session } from '../data/use-session.ts';

const shapeBins = 32;

/** Tells the shell what a dataset looks like once it has been read, so that the open screen can show it. */
export function useRemembered({ state, grants }: Session): void {
  const call = useCall();
  const ready = state?.phase === 'ready' ? state : null;
  const grant = grants.length === 1 ? grants[0] : undefined;

  useEffect(() => {
    if (ready === null || grant === undefined) return undefined;
    const abort = new AbortController();
    const { dataset, rows, tasks } = ready;
    const remember = async (): Promise<void> => {
      const { signal } = abort;
      const shape = await call('column.histogram', { dataset, filter: [], column: 'reward', binning: { kind: 'auto' } }, { signal }).then(
        shapeOf,
        // A dataset without a reward has no shape.
        () => undefined,
      );
      await call(
        'shell.remember',
        { grant, rows, ...(tasks === undefined ? {} : { tasks }), ...(shape === undefined ? {} : { shape }) },
        { signal },
      );
    };
    // Not being remembered harms nothing that is open.
    remember().catch(() => undefined);
    return () => abort.abort();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a dataset, not at each of its states
  }, [call, grant, ready?.dataset]);
}

/** A histogram with at most 32 bins, neighbours joined. */
export function shapeOf({ edges, all }: Pick<Histogram, 'edges' | 'all'>): Recent['shape'] {
  const min = edges[0];
  const max = edges.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const joined = Math.ceil(all.length / shapeBins);
  const counts = Array.from({ length: Math.ceil(all.length / joined) }, (_, bin) =>
    all.slice(bin * joined, (bin + 1) * joined).reduce((sum, count) => sum + count, 0),
  );
  return { counts, min, max };
}
