import { useCallback, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { MarkSet, ReviewStep, RolloutMarks } from '#shared/model/marks.ts';
import { useCall, type PageInput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useLatest } from './use-latest.ts';

export interface RowMarks {
  /** Those of the row; undefined until they are known. */
  readonly marks: RolloutMarks | undefined;
  readonly error: AppError | null;
  /** Fails where the mark cannot be kept. */
  readonly set: (row: number, set: MarkSet) => Promise<void>;
  readonly next: (request: Omit<PageInput<'review.next'>, 'dataset'>) => Promise<ReviewStep>;
}

/** The review marks of one row, whoever sets them. Lists and charts follow with the version of the dataset. */
export function useRowMarks(row: number | null): RowMarks {
  const call = useCall();
  const { dataset, version, state } = useDataset();
  const [written, setWritten] = useState(0);
  const ask = useCallback(
    async (asked: number, signal: AbortSignal) => ({ row: asked, marks: await call('rollout.marks', { dataset, row: asked }, { signal }) }),
    [call, dataset],
  );
  // Marks are placed once the file has been read.
  const answer = useLatest(ask, state.phase === 'reading' ? null : row, { version: version + written });

  const set = useCallback(
    async (marked: number, change: MarkSet) => {
      await call('rollout.mark', { dataset, row: marked, set: change });
      setWritten((count) => count + 1);
    },
    [call, dataset],
  );
  const next = useCallback<RowMarks['next']>((request) => call('review.next', { dataset, ...request }), [call, dataset]);
  // While those of another row are on their way, the last ones are kept; they are not this row's.
  return { marks: answer.value?.row === row ? answer.value?.marks : undefined, error: answer.error, set, next };
}
