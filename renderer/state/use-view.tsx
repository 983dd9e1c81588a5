import { createContext, useContext, useEffect, useMemo, useReducer, useRef, type Dispatch, type ReactNode } from 'react';
import { fromHash, toHash } from './hash.ts';
import { initialModel, reduceView, type ViewAction, type ViewState } from './view-state.ts';

export interface View {
  readonly view: ViewState;
  readonly dispatch: Dispatch<ViewAction>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('useView needs a ViewProvider');
  return view;
}

/** Holds the view and mirrors it in the URL hash, so that Back and Forward walk it. */
export function ViewProvider({ children }: { children: ReactNode }) {
  const [model, dispatch] = useReducer(reduceView, null, () => initialModel(fromHash(window.location.hash)));
  useHash(model.view, dispatch);
  const value = useMemo(() => ({ view: model.view, dispatch, canUndo: model.past.length > 0, canRedo: model.future.length > 0 }), [model]);
  return <ViewContext value={value}>{children}</ViewContext>;
}

function useHash(view: ViewState, dispatch: Dispatch<ViewAction>): void {
  const written = useRef(view);

  useEffect(() => {
    const hash = toHash(view);
    if (hash !== window.location.hash) {
      const url = hash === '' ? window.location.pathname + window.location.search : hash;
      if (isPlace(written.current, view)) window.history.pushState(null, '', url);
      else window.history.replaceState(null, '', url);
    }
    written.current = view;
  }, [view]);

  useEffect(() => {
    const restore = (): void => {
      const restored = fromHash(window.location.hash);
      written.current = restored;
      dispatch({ type: 'restore', view: restored });
    };
    window.addEventListener('popstate', restore);
    return () => window.removeEventListener('popstate', restore);
  }, [dispatch]);
}

/** Whether going from one view to the other is a step one would want to go back: not a cursor move, not a drag. */
function isPlace(from: ViewState, to: ViewState): boolean {
  return (
    from.lens !== to.lens ||
    from.metric !== to.metric ||
    (from.reader === null) !== (to.reader === null) ||
    JSON.stringify([from.filter, from.sort]) !== JSON.stringify([to.filter, to.sort])
  );
}
