import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useView } from '../../state/use-view.tsx';
import { Key } from '../../ui/Key.tsx';
import css from './Rail.module.css';

/** What becomes of the draft. */
export function DraftFoot({ wide }: { wide: boolean }) {
  const { dispatch } = useView();
  return (
    <footer className={css.foot}>
      <Button leftSection={<IconFilter size={14} />} onClick={() => dispatch({ type: 'draft.use' })}>
        Use as filter
      </Button>
      <Button variant="default" onClick={() => dispatch({ type: 'draft.export' })}>
        {wide ? 'Use for export only' : 'Export only'}
      </Button>
      <Button
        variant="subtle"
        rightSection={wide ? <Key>Esc</Key> : undefined}
        className={css.discard ?? ''}
        onClick={() => dispatch({ type: 'draft.set', condition: null })}
      >
        Discard
      </Button>
    </footer>
  );
}
