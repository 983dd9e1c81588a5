import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCopy } from './CopyIcon.tsx';
import { useOffers } from './offers.tsx';

interface CopyButtonProps {
  /** What it copies: "Copy the command". */
  readonly label: string;
  readonly text: string;
  readonly variant: 'filled' | 'default';
}

/** A button that copies, in the palette too. */
export function CopyButton({ label, text, variant }: CopyButtonProps) {
  const { copied, failed, copy } = useCopy();
  useOffers(() => [{ id: `copy.${label}`, title: label, icon: IconCopy, run: () => copy(text) }]);
  return (
    <Button variant={variant} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={() => copy(text)}>
      {copied ? 'Copied' : failed ? 'The clipboard refused' : label}
    </Button>
  );
}
