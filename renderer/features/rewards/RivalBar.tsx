import { Button } from '@mantine/core';
import { IconArrowsLeftRight, IconPinned, IconX } from '@tabler/icons-react';
import { useView } from '../../state/use-view.tsx';
import { draftWords } from './draft-words.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './Consequences.module.css';

/** Holds one threshold, so that the next ones stand beside it. */
export function RivalBar() {
  const { view, dispatch } = useView();
  const { draft, rival } = view;
  const hold = (condition: string | null): void => dispatch({ type: 'rival', condition });
  const swap = (): void => {
    dispatch({ type: 'draft.set', condition: rival });
    hold(draft);
  };
  const words = { hold: `Hold ${draftWords(draft ?? '')} and try another`, swap: `Go on from ${draftWords(rival ?? '')}` };
  useOffers(() =>
    draft === null
      ? []
      : rival === null
        ? [{ id: 'rival.hold', title: words.hold, words: 'compare threshold', icon: IconPinned, run: () => hold(draft) }]
        : [
            { id: 'rival.swap', title: words.swap, words: 'compare threshold', icon: IconArrowsLeftRight, run: swap },
            { id: 'rival.stop', title: 'Stop comparing two thresholds', icon: IconX, run: () => hold(null) },
          ],
  );
  if (draft === null) return null;
  if (rival === null) {
    return (
      <Button variant="subtle" size="xs" className={css.hold ?? ''} leftSection={<IconPinned size={13} />} onClick={() => hold(draft)}>
        {words.hold}
      </Button>
    );
  }
  return (
    <p className={css.rivals}>
      <Button variant="subtle" size="xs" leftSection={<IconArrowsLeftRight size={13} />} onClick={swap}>
        {words.swap}
      </Button>
      <Button variant="subtle" size="xs" onClick={() => hold(null)}>
        Stop comparing
      </Button>
    </p>
  );
}
