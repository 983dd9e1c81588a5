import { IconFileOff, IconFilePlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { toAppError } from '#shared/errors.ts';
import { useNeighbourFiles } from '../../data/use-neighbour-files.ts';
import type { Command } from '../../ui/command.ts';
import { neighbourTitles } from '../neighbour-words.ts';
import { useSay } from '../say.tsx';

/** The files beside the dataset, each joined or no longer. */
export function useNeighbourCommands(): Command[] {
  const { neighbours, turn } = useNeighbourFiles();
  const say = useSay();
  return useMemo(
    () =>
      (neighbours ?? []).map((neighbour): Command => ({
        id: `neighbour.${neighbour.file} ${neighbour.kind}`,
        title: `${neighbour.enabled ? 'Leave out' : 'Join'} ${neighbour.name}`,
        words: 'neighbour beside files',
        detail: neighbourTitles[neighbour.kind],
        icon: neighbour.enabled ? IconFileOff : IconFilePlus,
        run: () => void turn(neighbour).catch((thrown: unknown) => say(toAppError(thrown).message)),
      })),
    [neighbours, turn, say],
  );
}
