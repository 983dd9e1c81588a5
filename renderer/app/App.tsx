import { useCallback, useEffect, useMemo } from 'react';
import { CopyingProvider } from '../data/copying-context.tsx';
import { DatasetProvider } from '../data/dataset-context.tsx';
import { GroupsProvider } from '../data/groups-context.tsx';
import { FocusProvider } from '../data/focus-context.tsx';
import { ProblemsProvider } from '../data/problems-context.tsx';
import { PlaceProvider } from '../data/place-context.tsx';
import { useRequest } from '../data/use-request.ts';
import { useSession } from '../data/use-session.ts';
import { SettingsProvider } from '../data/use-settings.tsx';
import { ViewProvider } from '../state/use-view.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Opening } from './Opening.tsx';
import { SayProvider } from './say.tsx';
import { ThemeSync } from './ThemeSync.tsx';
import { useRemembered } from './use-remembered.ts';
import { useStart } from './use-start.ts';
import { OffersProvider } from '../ui/offers.tsx';
import { Workspace } from './Workspace.tsx';

const noInput = {};
const noGrants = () => () => undefined;

/** Either nothing is open, or one dataset is. */
export function App({ onGrant = noGrants }: { onGrant?: (listener: (grant: string) => void) => () => void }) {
  const info = useRequest('shell.info', noInput).value;
  const started = useSession();
  const isStarting = useStart(info, started);
  useRemembered(started);
  const { state, open: openSession } = started;
  // What the user opens starts with a view of its own; only a page loaded anew goes on where it was.
  const open = useCallback(
    (grants: readonly string[]) => {
      window.history.pushState(null, '', window.location.pathname + window.location.search);
      openSession(grants);
    },
    [openSession],
  );
  // The same files as they are now, in the view there was: it was made on another state of them, which is no reason to ask.
  const readAgain = useCallback(() => {
    const hash = window.location.hash.replace(/^#data=[^&]*&?/, '#');
    window.history.replaceState(null, '', hash === '' || hash === '#' ? window.location.pathname + window.location.search : hash);
    openSession(started.grants);
  }, [openSession, started.grants]);
  const session = useMemo(() => ({ ...started, open }), [started, open]);
  useEffect(() => onGrant((grant) => open([grant])), [onGrant, open]);

  return (
    <SettingsProvider>
      <SayProvider>
        <ThemeSync />
        {state === null ? (
          <Opening info={isStarting ? undefined : info} session={session} />
        ) : (
          <ViewProvider key={state.dataset} fingerprint={state.fingerprint}>
            <DatasetProvider state={state}>
              <ProblemsProvider>
                <FocusProvider>
                  <ErrorBoundary>
                    <PlaceProvider>
                      <CopyingProvider>
                        <GroupsProvider>
                          <OffersProvider>
                            <Workspace info={info} session={session} onReadAgain={readAgain} />
                          </OffersProvider>
                        </GroupsProvider>
                      </CopyingProvider>
                    </PlaceProvider>
                  </ErrorBoundary>
                </FocusProvider>
              </ProblemsProvider>
            </DatasetProvider>
          </ViewProvider>
        )}
      </SayProvider>
    </SettingsProvider>
  );
}
