import { Button } from '@mantine/core';
import { IconArrowsLeftRight, IconPinned } from '@tabler/icons-react';
import { useView } from '../../state/use-view.tsx';
import { draftWords } from './draft-words.ts';
import css from './Consequences.module.css';

/** Holds one threshold, so that the next ones stand beside it. */
export function RivalBar() {
  const { view, dispatch } = useView();
  const { draft, rival } = view;
  if (draft === null) return null;
  if (rival === null) {
    return (
      <Button
        variant="subtle"
        size="xs"
        className={css.hold ?? ''}
        leftSection={<IconPinned size={13} />}
        onClick={() => dispatch({ type: 'rival', condition: draft })}
      >
        Hold {draftWords(draft)} and try another
      </Button>
    );
  }
  const swap = (): void => {
    dispatch({ type: 'draft.set', condition: rival });
    dispatch({ type: 'rival', condition: draft });
  };
  return (
    <p className={css.rivals}>
      <Button variant="subtle" size="xs" leftSection={<IconArrowsLeftRight size={13} />} onClick={swap}>
        Go on from {draftWords(rival)}
      </Button>
      <Button variant="subtle" size="xs" onClick={() => dispatch({ type: 'rival', condition: null })}>
        Stop comparing
      </Button>
    </p>
  );
}
