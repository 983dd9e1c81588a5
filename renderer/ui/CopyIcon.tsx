import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useOffers } from './offers.tsx';

/** Puts text on the clipboard and says so for a moment. `text` may have to be fetched first. */
export function useCopy(): { copied: boolean; failed: boolean; copy: (text: string | (() => Promise<string>)) => void } {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string | (() => Promise<string>)): void => {
    void (async () => {
      try {
        await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
        setState('copied');
      } catch {
        setState('failed');
      }
    })();
  };
  return { copied: state === 'copied', failed: state === 'failed', copy };
}

/** An icon that copies, in the palette too. `label` is what it copies: "Copy link". */
export function CopyIcon({ text, label, icon }: { text: string | (() => Promise<string>); label: string; icon?: ReactNode }) {
  const { copied, failed, copy } = useCopy();
  const said = copied ? 'Copied' : failed ? 'The clipboard refused' : label;
  useOffers(() => [{ id: `copy.${label}`, title: label, icon: IconCopy, run: () => copy(text) }]);
  return (
    <Tooltip label={said}>
      <ActionIcon variant="subtle" aria-label={said} onClick={() => copy(text)}>
        {copied ? <IconCheck size={16} /> : (icon ?? <IconCopy size={16} />)}
      </ActionIcon>
    </Tooltip>
  );
}
