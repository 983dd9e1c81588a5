import { useEffect } from 'react';
import { DatasetProvider } from '../data/dataset-context.tsx';
import { FocusProvider } from '../data/focus-context.tsx';
import { useRequest } from '../data/use-request.ts';
import { useSession } from '../data/use-session.ts';
import { SettingsProvider } from '../data/use-settings.tsx';
import { ViewProvider } from '../state/use-view.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Opening } from './Opening.tsx';
import { ThemeSync } from './ThemeSync.tsx';
import { useRemembered } from './use-remembered.ts';
import { useStart } from './use-start.ts';
import { Workspace } from './Workspace.tsx';

const noInput = {};
const noGrants = () => () => undefined;

/** Either nothing is open, or one dataset is. */
export function App({ onGrant = noGrants }: { onGrant?: (listener: (grant: string) => void) => () => void }) {
  const info = useRequest('shell.info', noInput).value;
  const session = useSession();
  useStart(info, session);
  useRemembered(session);
  const { state, open } = session;
  useEffect(() => onGrant((grant) => open([grant])), [onGrant, open]);

  return (
    <SettingsProvider>
      <ThemeSync />
      {state === null ? (
        <Opening info={info} session={session} />
      ) : (
        <ViewProvider key={state.dataset}>
          <DatasetProvider state={state}>
            <FocusProvider>
              <ErrorBoundary>
                <Workspace info={info} session={session} />
              </ErrorBoundary>
            </FocusProvider>
          </DatasetProvider>
        </ViewProvider>
      )}
    </SettingsProvider>
  );
}
