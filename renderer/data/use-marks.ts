import { useCallback, useRef, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { MarkSet, ReviewStep, RolloutMarks } from '#shared/model/marks.ts';
import { useCall, type PageInput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useLatest } from './use-latest.ts';

export interface RowMarks {
  /** Those of the row; undefined until they are known. */
  readonly marks: RolloutMarks | undefined;
  readonly error: AppError | null;
  /** Changes marks of the row by what they are now, and answers what they were. Fails where they cannot be kept. */
  readonly change: (row: number, setOf: (marks: RolloutMarks) => MarkSet) => Promise<RolloutMarks>;
  readonly next: (request: Omit<PageInput<'review.next'>, 'dataset'>) => Promise<ReviewStep>;
}

/** Marks of a row as they were after so many writes of this page. */
interface Known {
  readonly row: number;
  readonly marks: RolloutMarks;
  readonly writes: number;
}

/**
 * The review marks of one row, whoever sets them. What this page sets is shown at once, so that the next key builds on it; lists and
 * charts follow with the version of the dataset.
 */
export function useRowMarks(row: number | null): RowMarks {
  const call = useCall();
  const { dataset, version, state } = useDataset();
  const writes = useRef({ begun: 0, done: 0 });
  const [written, setWritten] = useState<Known | null>(null);
  const ask = useCallback(
    async (asked: number, signal: AbortSignal): Promise<Known> => {
      const { done } = writes.current;
      return { row: asked, marks: await call('rollout.marks', { dataset, row: asked }, { signal }), writes: done };
    },
    [call, dataset],
  );
  // Marks are placed once the file has been read.
  const answer = useLatest(ask, state.phase === 'reading' ? null : row, { version });
  const read = answer.value?.row === row ? answer.value : undefined;
  const own = written?.row === row ? written : undefined;
  // Answers from before the last write are of the past.
  const known = own !== undefined && (read === undefined || read.writes < own.writes) ? own : read;
  const latest = useRef(known);
  latest.current = known;

  const change = useCallback<RowMarks['change']>(
    async (marked, setOf) => {
      const held = latest.current;
      const before = held?.row === marked ? held.marks : await call('rollout.marks', { dataset, row: marked });
      const set = setOf(before);
      const { star = before.star, tags = before.tags, note = before.note } = set;
      const after: Known = { row: marked, marks: { star, tags, note, carriedOver: false }, writes: ++writes.current.begun };
      latest.current = after;
      setWritten(after);
      try {
        await call('rollout.mark', { dataset, row: marked, set });
        return before;
      } catch (error) {
        setWritten({ row: marked, marks: before, writes: after.writes });
        throw error;
      } finally {
        writes.current.done++;
      }
    },
    [call, dataset],
  );
  const next = useCallback<RowMarks['next']>((request) => call('review.next', { dataset, ...request }), [call, dataset]);
  return { marks: known?.marks, error: answer.error, change, next };
}
