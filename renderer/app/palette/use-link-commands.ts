import { IconLink } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { readLink } from '../../state/hash.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { useCopyLink } from '../use-copy-link.ts';
import type { Command } from '../../ui/command.ts';

/** Copying a link to the view; and opening one, once it is typed: `linkTyped` is null where the query is none. */
export function useLinkCommands(query: string): { commands: readonly Command[]; linkTyped: readonly Command[] | null } {
  const { openLink } = useSteadyView();
  const copyLink = useCopyLink();
  const { state } = useDataset();

  return useMemo(() => {
    const copy: Command = {
      id: 'link.copy',
      title: 'Copy a link to this view',
      icon: IconLink,
      run: copyLink,
    };
    const found = readLink(query);
    if (found === null) return { commands: [copy], linkTyped: null };
    const elsewhere = found.data !== null && !state.fingerprint.startsWith(found.data);
    const open: Command = {
      id: 'link.typed',
      title: 'Open this link',
      detail: elsewhere ? 'made on another file: you will be asked' : 'the view it was made on',
      icon: IconLink,
      run: () => openLink(found.hash),
    };
    return { commands: [copy], linkTyped: [open] };
  }, [query, copyLink, openLink, state.fingerprint]);
}
