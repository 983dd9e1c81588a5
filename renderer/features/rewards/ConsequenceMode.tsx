import { SegmentedControl } from '@mantine/core';
import { IconArrowsSplit2, IconFilter } from '@tabler/icons-react';
import { useFocus } from '../../data/focus-context.tsx';
import { draftRange, withDraftRange } from '../../state/draft.ts';
import { splitAt, splitCondition } from '../../state/split.ts';
import { useView } from '../../state/use-view.tsx';
import { formatExact } from '../../ui/format.ts';
import { draftWords } from './draft-words.ts';
import { useOffers } from '../../ui/offers.tsx';

/** Whether the threshold leaves out what is below it, or divides tasks into what is chosen and what is rejected. */
export function ConsequenceMode({ isNarrow }: { isNarrow: boolean }) {
  const { view, dispatch } = useView();
  const { metric } = useFocus();
  const { draft } = view;
  const column = metric?.name ?? 'reward';
  const range = draftRange(draft, column);
  const split = splitAt(draft, column);
  const at = split ?? range?.min ?? range?.max ?? null;
  const take = (mode: string, to: number): void => {
    const keep = split === null ? draft : withDraftRange(null, column, { min: split, max: null });
    dispatch({ type: 'draft.set', condition: mode === 'split' ? splitCondition({ column, at: to }) : keep });
  };
  const isOffered = draft !== null && at !== null && metric !== null;
  useOffers(() =>
    !isOffered
      ? []
      : split === null
        ? [
            {
              id: 'draft.split',
              title: `Split chosen / rejected at ${formatExact(at)}`,
              icon: IconArrowsSplit2,
              run: () => take('split', at),
            },
          ]
        : [
            {
              id: 'draft.keep',
              title: `Keep ${column} ≥ ${formatExact(at)} instead of splitting`,
              icon: IconFilter,
              run: () => take('keep', at),
            },
          ],
  );
  if (!isOffered) return null;
  return (
    <SegmentedControl
      fullWidth={isNarrow}
      aria-label="What the threshold does"
      data={[
        { value: 'keep', label: `Keep ${split === null ? draftWords(draft) : `≥ ${formatExact(at)}`}` },
        { value: 'split', label: 'Split chosen / rejected' },
      ]}
      value={split === null ? 'keep' : 'split'}
      onChange={(mode) => take(mode, at)}
    />
  );
}
