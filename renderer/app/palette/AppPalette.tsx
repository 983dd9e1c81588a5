import type { PageOutput } from '../../data/client.tsx';
import type { Session } from '../../data/use-session.ts';
import { matching } from './match.ts';
import { Palette } from './Palette.tsx';
import { useAppCommands } from './use-app-commands.ts';
import { usePaletteState, type PaletteControl } from './use-palette.ts';

interface AppPaletteProps {
  readonly palette: PaletteControl;
  readonly info: PageOutput<'shell.info'> | undefined;
  readonly session: Session;
}

/** The palette while nothing is open. */
export function AppPalette(props: AppPaletteProps) {
  return usePaletteState(props.palette).opened ? <Opened {...props} /> : null;
}

function Opened({ palette, info, session }: AppPaletteProps) {
  const { query } = usePaletteState(palette);
  const commands = useAppCommands(info, session);
  return (
    <Palette
      query={query}
      onQuery={palette.setQuery}
      placeholder="What to do"
      sections={[{ title: 'Commands', commands: matching(commands, query), marks: query }]}
      total={commands.length}
      nothing="No command has these words."
      onClose={palette.close}
    />
  );
}
