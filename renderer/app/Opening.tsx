import { Suspense, useMemo } from 'react';
import type { PageOutput } from '../data/client.tsx';
import type { Session } from '../data/use-session.ts';
import { KeysHelp, useKeysHelp } from './KeysHelp.tsx';
import { OpenScreen } from './lazy.tsx';
import { EmptyTopBar } from './TopBar.tsx';
import { AppPalette } from './palette/AppPalette.tsx';
import { usePalette } from './palette/use-palette.ts';
import { useShortcuts } from './use-shortcuts.ts';
import css from './Frame.module.css';

/** The page while nothing is open. Without `info` it is not known yet whether that stays so. */
export function Opening({ info, session }: { info: PageOutput<'shell.info'> | undefined; session: Session }) {
  const keys = useKeysHelp();
  const palette = usePalette();
  const { toggle } = keys;
  useShortcuts(useMemo(() => ({ help: toggle, palette: () => palette.open() }), [toggle, palette]));
  return (
    <div className={css.frame}>
      <EmptyTopBar />
      <main className={css.main}>
        {info !== undefined && (
          <Suspense>
            <OpenScreen
              info={info}
              opening={session.opening ? session.grants : []}
              error={session.error}
              onOpen={session.open}
              onKeys={keys.toggle}
            />
          </Suspense>
        )}
      </main>
      <footer className={css.foot}>
        <span>{session.opening ? 'Opening' : 'No file open'}</span>
        <span>{info === undefined ? '' : `Rollscope ${info.version}`}</span>
      </footer>
      <AppPalette palette={palette} info={info} session={session} />
      {keys.opened && <KeysHelp onClose={keys.toggle} />}
    </div>
  );
}
