import { useMemo } from 'react';
import type { MarksImported } from '#shared/model/marks.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';

/** All review marks of the dataset as the lines they are kept in, and from such lines. */
export function useMarksExchange(): {
  takeOut: () => Promise<{ text: string; marks: number }>;
  takeIn: (text: string) => Promise<MarksImported>;
} {
  const call = useCall();
  const { dataset } = useDataset();
  return useMemo(
    () => ({
      takeOut: () => call('marks.export', { dataset }),
      takeIn: (text) => call('marks.import', { dataset, text }),
    }),
    [call, dataset],
  );
}
