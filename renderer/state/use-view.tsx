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
import { linkHash } from './hash.ts';
import { readHash, useHash, type Aside } from './use-hash.ts';
import { initialModel, reduceView, viewState, type CalmView, type SteadyView, type ViewAction, type ViewState } from './view-state.ts';

export interface View<V = CalmView> {
  readonly view: V;
  readonly dispatch: Dispatch<ViewAction>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What a link made on another dataset would show: it is left aside until the user wants it. */
  readonly otherView: ViewState | null;
  readonly forgetOtherView: () => void;
  /** Names of what the address says that cannot be: it was left out. */
  readonly wrongParts: readonly string[];
  readonly forgetWrongParts: () => void;
  /** The address of what is shown, for someone else to open. */
  readonly link: () => string;
  /** Goes where the hash of a link says, as if it had been typed into the address bar. */
  readonly openLink: (hash: string) => void;
}

const ViewContext = createContext<View | null>(null);
const SteadyContext = createContext<View<SteadyView> | null>(null);
const CursorContext = createContext<number | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('useView needs a ViewProvider');
  return view;
}

/** The same for what does not show the draft, and is not drawn anew at each move of a handle. */
export function useSteadyView(): View<SteadyView> {
  const view = useContext(SteadyContext);
  if (view === null) throw new Error('useSteadyView needs a ViewProvider');
  return view;
}

/** The row that the keys are on, see `ViewState`. */
export const useSelected = (): number | null => useContext(CursorContext);

/** Holds the view and mirrors it in the URL hash, so that Back and Forward walk it. `fingerprint`: of the dataset in view. */
export function ViewProvider({ fingerprint = '', children }: { fingerprint?: string; children: ReactNode }) {
  const [started] = useState(() => readHash(fingerprint));
  const [model, dispatch] = useReducer(reduceView, started.view, initialModel);
  const [{ otherView, wrong: wrongParts }, setAside] = useState<Aside>(started);
  const openLink = useHash(model.view, fingerprint, dispatch, setAside);
  const shown = useRef(model.view);
  useEffect(() => {
    shown.current = model.view;
  }, [model.view]);
  const link = useCallback(() => {
    const { origin, pathname, search, protocol, host } = window.location;
    // An address of a scheme of our own has no origin to speak of.
    return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}${search}${linkHash(shown.current, fingerprint)}`;
  }, [fingerprint]);
  const forgetOtherView = useCallback(() => setAside((aside) => ({ ...aside, otherView: null })), []);
  const forgetWrongParts = useCallback(() => setAside((aside) => ({ ...aside, wrong: [] })), []);
  const view = useUnmoved<CalmView>(model.view, calmKeys);
  const steady = useUnmoved<SteadyView>(model.view, steadyKeys);
  const [canUndo, canRedo] = [model.past.length > 0, model.future.length > 0];
  const others = useMemo(
    () => ({ dispatch, canUndo, canRedo, otherView, forgetOtherView, wrongParts, forgetWrongParts, link, openLink }),
    [canUndo, canRedo, otherView, forgetOtherView, wrongParts, forgetWrongParts, link, openLink],
  );
  return (
    <SteadyContext value={useMemo(() => ({ ...others, view: steady }), [others, steady])}>
      <ViewContext value={useMemo(() => ({ ...others, view }), [others, view])}>
        <CursorContext value={model.view.selected}>{children}</CursorContext>
      </ViewContext>
    </SteadyContext>
  );
}

const calm = viewState.omit({ selected: true });
const calmKeys = calm.keyof().options;
const steadyKeys = calm.omit({ draft: true }).keyof().options;

/** The same object while nothing of the view moves but what it does not name. */
function useUnmoved<V extends Partial<ViewState>>(view: V & ViewState, keys: readonly (keyof V)[]): V {
  const [held, setHeld] = useState<V>(view);
  if (keys.every((key) => Object.is(view[key], held[key]))) return held;
  setHeld(view);
  return view;
}
