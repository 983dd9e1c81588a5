import { createContext, useCallback, useContext, useEffect, useMemo, useReducer, useRef, type Dispatch, type ReactNode } from 'react';
import { toAppError } from '#shared/errors.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import { useExportCalls } from '../../data/use-export.ts';
import { isChoice } from '../../state/export-choices.ts';
import {
  chatGrants,
  initialSitting,
  joined,
  reduceSitting,
  type ExportAction,
  type ExportState,
  type Place,
} from '../../state/export-state.ts';
import { useSteadyView } from '../../state/use-view.tsx';

export interface ExportSession {
  readonly state: ExportState;
  readonly dispatch: Dispatch<ExportAction>;
  /** Writes; goes on while the lens is closed. */
  readonly start: (recipe: Recipe, place: Place, overwrite: boolean) => void;
  readonly cancel: () => void;
}

const SessionContext = createContext<ExportSession | null>(null);

export function useExportSession(): ExportSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useExportSession needs an ExportSessionProvider');
  return session;
}

/** Joins the choices of an export, which are the view's, with what is of this window: its run, its folder. Stands above the lenses. */
export function ExportSessionProvider({ children }: { children: ReactNode }) {
  const { view, dispatch: turn } = useSteadyView();
  const [sitting, sit] = useReducer(reduceSitting, initialSitting);
  const state = useMemo(() => joined(view.export, sitting), [view.export, sitting]);
  const dispatch = useCallback(
    (action: ExportAction) => {
      if (isChoice(action)) turn({ type: 'export', action });
      sit(action);
    },
    [turn],
  );
  const { run } = useExportCalls();
  const files = useMemo(() => chatGrants(state), [state]);
  const flight = useRef<AbortController | null>(null);

  const start = useCallback(
    (recipe: Recipe, place: Place, overwrite: boolean) => {
      flight.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      flight.current = controller;
      dispatch({ type: 'run', run: { phase: 'running', progress: null, stage: null } });
      const onProgress: Parameters<typeof run>[1]['onProgress'] = (progress) => {
        if (!signal.aborted) dispatch({ type: 'progress', progress });
      };
      run(recipe, { folder: place.folder.grant, name: place.name, overwrite, files, signal, onProgress }).then(
        (manifest) => {
          if (flight.current === controller) dispatch({ type: 'run', run: { phase: 'done', manifest, place, recipe } });
        },
        (thrown: unknown) => {
          if (flight.current !== controller) return;
          const error = toAppError(thrown);
          dispatch({ type: 'run', run: error.code === 'cancelled' ? { phase: 'idle' } : { phase: 'failed', error, overwrite } });
        },
      );
    },
    [run, files, dispatch],
  );
  const cancel = useCallback(() => flight.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const session = useMemo(() => ({ state, dispatch, start, cancel }), [state, dispatch, start, cancel]);
  return <SessionContext value={session}>{children}</SessionContext>;
}
