import { Button } from '@mantine/core';
import { IconFileDiff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useDataset } from '../data/dataset-context.tsx';
import { useOffers } from '../ui/offers.tsx';
import css from './OtherView.module.css';

/** Says that a file is another than the one that was read: what was read stays until it is read again. */
export function ChangedFile({ onReadAgain }: { onReadAgain: () => void }) {
  const { state } = useDataset();
  const notices = state.notices?.join('\n') ?? '';
  const [seen, setSeen] = useState('');
  const isSaid = notices !== '' && notices !== seen;
  useOffers(() =>
    isSaid
      ? [
          { id: 'file.readAgain', title: 'Read the file again', icon: IconFileDiff, run: onReadAgain },
          { id: 'file.keep', title: 'Keep looking at the old index', icon: IconX, run: () => setSeen(notices) },
        ]
      : [],
  );
  if (!isSaid) return null;
  return (
    <div className={css.bar} role="status">
      <IconFileDiff size={16} aria-hidden />
      <span title={notices}>
        {state.files.length === 1 ? 'The file changed.' : 'Files changed.'} {state.notices?.[0]}
      </span>
      <Button variant="default" onClick={onReadAgain}>
        Read again
      </Button>
      <Button variant="subtle" onClick={() => setSeen(notices)}>
        Keep looking at the old index
      </Button>
    </div>
  );
}
