import { useCallback, useMemo } from 'react';
import { conditionRange, rangeCondition } from '#shared/model/expression/index.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { draftRange, withDraftRange } from '../../state/draft.ts';
import { splitAt, splitCondition } from '../../state/split.ts';
import { useView } from '../../state/use-view.tsx';
import type { Bounds } from '../../ui/bounds.ts';

const open: Bounds = { min: null, max: null };

interface BoundsControl {
  readonly bounds: Bounds;
  readonly isDraft: boolean;
  /** Makes a draft; one that splits goes on splitting. */
  readonly setBounds: (bounds: Bounds) => void;
}

/** The range of a column (the metric in view unless named): of the draft if it has one, else of the filter. */
export function useBounds(named?: string): BoundsControl {
  const { view, dispatch } = useView();
  const { metric, range } = useFocus();
  const column = named ?? metric?.name;
  const isMetric = column === metric?.name;
  const split = isMetric ? splitAt(view.draft, column) : null;

  const { bounds, isDraft, held } = useMemo(() => {
    if (column === undefined) return { bounds: open, isDraft: false, held: false };
    const drafted = split === null ? draftRange(view.draft, column) : { min: split, max: null };
    const filtered = view.filter.map(conditionRange).find((found) => found?.column === column);
    return { bounds: drafted ?? filtered ?? open, isDraft: drafted !== null, held: filtered !== undefined };
  }, [view.draft, view.filter, column, split]);

  const setBounds = useCallback(
    (next: Bounds) => {
      if (column === undefined) return;
      const { min, max } = next;
      const at = min ?? max;
      if (split !== null && at !== null) dispatch({ type: 'draft.set', condition: splitCondition({ column, at }) });
      else {
        const crossed = min !== null && max !== null && min > max;
        const draft = withDraftRange(view.draft, column, crossed ? { min: max, max: min } : next);
        // Everything, where the filter has a range: a draft that widens it to all there is.
        const everything = held && isMetric && at === null ? rangeCondition(column, range.min, null) : null;
        dispatch({ type: 'draft.set', condition: draft ?? everything });
      }
    },
    [view.draft, column, dispatch, held, isMetric, range.min, split],
  );
  return { bounds, isDraft, setBounds };
}

/** The range that a held draft puts on the metric in view. */
export function useRivalBounds(): Bounds | null {
  const { view } = useView();
  const { metric } = useFocus();
  return useMemo(() => {
    const at = splitAt(view.rival, metric?.name);
    if (at !== null) return { min: at, max: null };
    return metric === null ? null : draftRange(view.rival, metric.name);
  }, [view.rival, metric]);
}
