import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  type Dispatch,
  type ReactNode,
} from 'react';
import { fromHash, isOfOtherDataset, linkHash, toHash } from './hash.ts';
import { initialModel, initialView, reduceView, type ViewAction, type ViewState } from './view-state.ts';

export interface View {
  readonly view: ViewState;
  readonly dispatch: Dispatch<ViewAction>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What a link made on another dataset would show: it is left aside until the user wants it. */
  readonly otherView: ViewState | null;
  readonly forgetOtherView: () => void;
  /** The address of what is shown, for someone else to open. */
  readonly link: () => string;
  /** Goes where the hash of a link says, as if it had been typed into the address bar. */
  readonly openLink: (hash: string) => void;
}

const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('useView needs a ViewProvider');
  return view;
}

/** Holds the view and mirrors it in the URL hash, so that Back and Forward walk it. `fingerprint`: of the dataset in view. */
export function ViewProvider({ fingerprint = '', children }: { fingerprint?: string; children: ReactNode }) {
  const [started] = useState(() => readHash(fingerprint));
  const [model, dispatch] = useReducer(reduceView, started.view, initialModel);
  const [otherView, setOtherView] = useState(started.otherView);
  const openLink = useHash(model.view, fingerprint, dispatch, setOtherView);
  const shown = useRef(model.view);
  useEffect(() => {
    shown.current = model.view;
  }, [model.view]);
  const link = useCallback(() => {
    const { origin, pathname, search, protocol, host } = window.location;
    // An address of a scheme of our own has no origin to speak of.
    return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}${search}${linkHash(shown.current, fingerprint)}`;
  }, [fingerprint]);
  const forgetOtherView = useCallback(() => setOtherView(null), []);
  const value = useMemo(
    () => ({
      view: model.view,
      dispatch,
      canUndo: model.past.length > 0,
      canRedo: model.future.length > 0,
      otherView,
      forgetOtherView,
      link,
      openLink,
    }),
    [model, otherView, forgetOtherView, link, openLink],
  );
  return <ViewContext value={value}>{children}</ViewContext>;
}

/** The view of the address; one of another dataset is not half applied. */
function readHash(fingerprint: string): { view: ViewState; otherView: ViewState | null } {
  const { hash } = window.location;
  const view = fromHash(hash);
  return isOfOtherDataset(hash, fingerprint) ? { view: initialView, otherView: view } : { view, otherView: null };
}

function useHash(
  view: ViewState,
  fingerprint: string,
  dispatch: Dispatch<ViewAction>,
  onOtherView: (view: ViewState | null) => void,
): (hash: string) => void {
  const written = useRef(view);

  useEffect(() => {
    const hash = toHash(view, fingerprint);
    if (hash !== window.location.hash) {
      const url = hash === '' ? window.location.pathname + window.location.search : hash;
      if (isPlace(written.current, view)) window.history.pushState(null, '', url);
      else window.history.replaceState(null, '', url);
    }
    written.current = view;
  }, [view, fingerprint]);

  const restore = useCallback(() => {
    const restored = readHash(fingerprint);
    written.current = restored.view;
    onOtherView(restored.otherView);
    dispatch({ type: 'restore', view: restored.view });
  }, [fingerprint, dispatch, onOtherView]);
  useEffect(() => {
    window.addEventListener('popstate', restore);
    return () => window.removeEventListener('popstate', restore);
  }, [restore]);
  return useCallback(
    (hash: string) => {
      window.history.pushState(null, '', hash);
      restore();
    },
    [restore],
  );
}

/** Whether going from one view to the other is a step one would want to go back: not a cursor move, not a drag. */
function isPlace(from: ViewState, to: ViewState): boolean {
  return (
    from.lens !== to.lens ||
    from.metric !== to.metric ||
    (from.search === null) !== (to.search === null) ||
    (from.reader === null) !== (to.reader === null) ||
    from.groups !== to.groups ||
    JSON.stringify([from.filter, from.sort]) !== JSON.stringify([to.filter, to.sort])
  );
}
