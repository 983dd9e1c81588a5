import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import { toAppError } from '#shared/errors.ts';
import type { MarkSet, ReviewStep, RolloutMarks } from '#shared/model/marks.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { useRowMarks } from '../../data/use-marks.ts';
import { useSelected, useSteadyView } from '../../state/use-view.tsx';

export type ReviewField = 'tags' | 'note';

/** What one does with the selected rollout, and where one goes from it. */
export interface Review {
  /** Null: nothing is selected. */
  readonly row: number | null;
  /** Undefined until they are known. */
  readonly marks: RolloutMarks | undefined;
  /** Why the last mark was not kept, or the next rollout not found. */
  readonly error: AppError | null;
  /** The strip is open, with the focus in a field where one is named. */
  readonly opened: { readonly field: ReviewField | null } | null;
  /** Where the review stood when it went on last. */
  readonly step: ReviewStep | null;
  /** What takes the last change of this rollout back. */
  readonly undo: (() => void) | null;
  set(set: MarkSet): void;
  star(): void;
  open(field: ReviewField | null): void;
  /** The field that was named has the focus: it does not take it again. */
  focused(): void;
  close(): void;
  next(stratified: boolean): void;
}

export function useReview(): Review {
  const { view, dispatch } = useSteadyView();
  const { base, metric } = useFocus();
  const row = useSelected();
  const { marks, error: readError, change, next: ask } = useRowMarks(row);
  const [opened, setOpened] = useState<Review['opened']>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [step, setStep] = useState<ReviewStep | null>(null);
  const [before, setBefore] = useState<{ row: number; set: MarkSet } | null>(null);
  useEffect(() => setError(null), [row]);

  const mark = useCallback(
    (setOf: (marks: RolloutMarks) => MarkSet) => {
      if (row === null) return;
      setError(null);
      change(row, setOf).then(
        ({ star, tags, note }) => setBefore({ row, set: { star, tags, note } }),
        (thrown: unknown) => {
          // Said in the strip, wherever the key was pressed.
          setError(toAppError(thrown));
          setOpened((now) => now ?? { field: null });
        },
      );
    },
    [row, change],
  );

  const { lens, reader, sort } = view;
  const next = useCallback(
    (stratified: boolean) => {
      setOpened((now) => now ?? { field: null });
      ask({ query: { filter: [...base], sort }, row, metric: metric?.name ?? 'reward', stratified }).then(
        (found) => {
          setStep(found);
          if (found.row === null) return;
          if (lens !== 'rollouts' && lens !== 'groups') dispatch({ type: 'lens', lens: 'rollouts' });
          dispatch(reader === null ? { type: 'select', row: found.row } : { type: 'read', row: found.row });
        },
        (thrown: unknown) => setError(toAppError(thrown)),
      );
    },
    [ask, base, sort, row, metric, lens, reader, dispatch],
  );

  return useMemo(
    () => ({
      row,
      marks,
      error: error ?? readError,
      opened,
      step,
      undo: before !== null && before.row === row ? () => mark(() => before.set) : null,
      set: (set) => mark(() => set),
      star: () => mark(({ star }) => ({ star: !star })),
      open: (field) => setOpened({ field }),
      focused: () => setOpened({ field: null }),
      close: () => setOpened(null),
      next,
    }),
    [row, marks, error, readError, opened, step, before, mark, next],
  );
}
