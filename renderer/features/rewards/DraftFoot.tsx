import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useSteadyView } from '../../state/use-view.tsx';
import { KeyCap } from '../../ui/Key.tsx';
import { withKey } from '../../ui/key-press.ts';
import css from './Rail.module.css';

/** What becomes of the draft. */
export function DraftFoot({ wide }: { wide: boolean }) {
  const { dispatch } = useSteadyView();
  const discard = (): void => {
    dispatch({ type: 'draft.set', condition: null });
    dispatch({ type: 'rival', condition: null });
  };
  return (
    <footer className={css.foot}>
      <Button leftSection={<IconFilter size={14} />} onClick={() => dispatch({ type: 'draft.use' })}>
        Use as filter
      </Button>
      <Button variant="default" onClick={() => dispatch({ type: 'draft.export' })}>
        {wide ? 'Use for export only' : 'Export only'}
      </Button>
      {wide ? (
        <Button variant="subtle" rightSection={<KeyCap id="threshold.drop" />} className={css.discard ?? ''} onClick={discard}>
          Discard
        </Button>
      ) : (
        <Tooltip label={withKey('Discard', 'threshold.drop')}>
          <ActionIcon className={css.discard ?? ''} aria-label="Discard" onClick={discard}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </footer>
  );
}
