import { useCallback, useMemo } from 'react';
import { conditionRange, rangeCondition } from '#shared/model/expression/index.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { useView } from '../../state/use-view.tsx';
import type { Bounds } from '../../ui/bounds.ts';

const open: Bounds = { min: null, max: null };

/** The range of the metric in view: of the draft if it has one, else of the filter. Setting it makes a draft. */
export function useBounds(): { bounds: Bounds; isDraft: boolean; setBounds: (bounds: Bounds) => void } {
  const { view, dispatch } = useView();
  const { metric, range } = useFocus();
  const column = metric?.name;

  const { bounds, isDraft, held } = useMemo(() => {
    const rangeIn = (condition: string): Bounds | null => {
      const found = conditionRange(condition);
      return found !== null && found.column === column ? found : null;
    };
    const drafted = view.draft === null ? null : rangeIn(view.draft);
    const filtered = view.filter.map(rangeIn).find((found) => found !== null);
    return { bounds: drafted ?? filtered ?? open, isDraft: drafted !== null, held: filtered !== undefined };
  }, [view.draft, view.filter, column]);

  const setBounds = useCallback(
    (next: Bounds) => {
      if (column === undefined) return;
      const { min, max } = next;
      // Everything, where the filter has a range: a draft that widens it to all there is.
      const nothing = held ? rangeCondition(column, range.min, null) : null;
      const crossed = min !== null && max !== null && min > max;
      const condition = min === null && max === null ? nothing : rangeCondition(column, crossed ? max : min, crossed ? min : max);
      dispatch({ type: 'draft.set', condition });
    },
    [column, dispatch, held, range.min],
  );
  return { bounds, isDraft, setBounds };
}
