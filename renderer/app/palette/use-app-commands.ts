import { IconArrowAutofitHeight, IconDeviceDesktop, IconFlask, IconHistory, IconMoon, IconSun, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { PageOutput } from '../../data/client.tsx';
import { useRequest } from '../../data/use-request.ts';
import type { Session } from '../../data/use-session.ts';
import { useSettings, type Settings } from '../../data/use-settings.tsx';
import { formatAgo } from '../../ui/format.ts';
import type { Command } from '../../ui/command.ts';

const themes: readonly { theme: NonNullable<Settings['theme']>; title: string; icon: typeof IconSun }[] = [
  { theme: 'light', title: 'Light theme', icon: IconSun },
  { theme: 'dark', title: 'Dark theme', icon: IconMoon },
  { theme: 'auto', title: 'Theme as the system', icon: IconDeviceDesktop },
];
const noInput = {};

/** What can be done whatever is open: the theme, files opened before, the sample, closing. */
export function useAppCommands(info: PageOutput<'shell.info'> | undefined, { open, close, state }: Session): Command[] {
  const { settings, change } = useSettings();
  const recents = useRequest('shell.recents', noInput).value?.recents;
  const current = settings.theme ?? 'auto';
  const { roomy } = settings;
  const hasDataset = state !== null;

  return useMemo(
    () => [
      ...themes.map(({ theme, title, icon }): Command => ({
        id: `theme.${theme}`,
        title,
        words: 'dark light mode colour',
        ...(theme === current ? { detail: 'now' } : {}),
        icon,
        run: () => change({ theme }),
      })),
      {
        id: 'rows.roomy',
        title: roomy ? 'Rows close together' : 'Roomy rows',
        words: 'density height compact',
        icon: IconArrowAutofitHeight,
        run: () => change({ roomy: !roomy }),
      },
      ...(recents ?? [])
        .filter(({ state: there }) => there !== 'gone')
        .map(({ grant, name, detail, openedAt }): Command => ({
          id: `recent.${grant}`,
          title: `Open ${name}`,
          words: 'recent',
          detail: `${detail} · ${formatAgo(new Date(openedAt), new Date())}`,
          icon: IconHistory,
          run: () => open([grant]),
        })),
      ...(info?.sample ? [{ id: 'sample', title: 'Open the sample', icon: IconFlask, run: () => open([info.sample?.grant ?? '']) }] : []),
      ...(hasDataset ? [{ id: 'close', title: 'Close the file', icon: IconX, run: close }] : []),
    ],
    [current, roomy, recents, info, hasDataset, open, close, change],
  );
}
