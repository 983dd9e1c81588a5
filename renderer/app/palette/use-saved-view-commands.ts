import { IconBookmark, IconBookmarkPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSavedViews } from '../../data/use-saved-views.ts';
import { useSay } from '../say.tsx';
import type { Command } from '../../ui/command.ts';
import { usePaletteState, type PaletteControl } from './use-palette.ts';

const prompt = 'save this view as ';

/** Views with a name, and naming the one that is shown: by typing the name behind the command. */
export function useSavedViewCommands(palette: PaletteControl): Command[] {
  const { query } = usePaletteState(palette);
  const { open } = palette;
  const { views, current, save, recall } = useSavedViews();
  const say = useSay();
  const name = query.toLowerCase().startsWith(prompt) ? query.slice(prompt.length).trim() : '';
  return useMemo(
    () => [
      ...views.map((saved): Command => ({
        id: `view.${saved.name}`,
        title: `View: ${saved.name}`,
        ...(saved === current ? { detail: 'now' } : {}),
        icon: IconBookmark,
        run: () => recall(saved),
      })),
      name === ''
        ? { id: 'view.save', title: 'Save this view as …', detail: 'type a name', icon: IconBookmarkPlus, run: () => open(prompt) }
        : {
            id: 'view.saveAs',
            title: `Save this view as “${name}”`,
            icon: IconBookmarkPlus,
            run: () => {
              save(name);
              say(`“${name}” is among the views of files with these columns.`);
            },
          },
    ],
    [views, current, name, recall, open, save, say],
  );
}
