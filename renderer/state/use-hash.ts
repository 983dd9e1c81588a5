import { useCallback, useEffect, useRef, type Dispatch } from 'react';
import { isOfOtherDataset, readView, toHash } from './hash.ts';
import { initialView, type ViewAction, type ViewState } from './view-state.ts';

/** What an address says beside the view that is shown. */
export interface Aside {
  /** A view of another dataset. */
  readonly otherView: ViewState | null;
  /** Names of what it says that cannot be. */
  readonly wrong: readonly string[];
}

/** The view of the address; one of another dataset is not half applied. */
export function readHash(fingerprint: string): Aside & { readonly view: ViewState } {
  const { hash } = window.location;
  const { view, wrong } = readView(hash);
  return isOfOtherDataset(hash, fingerprint) ? { view: initialView, otherView: view, wrong } : { view, otherView: null, wrong };
}

/** How long the view rests before it is written while a button or a key is held: each change of the address may cost the browser a frame. */
const restMs = 250;

/** Mirrors the view in the address, and follows Back, Forward and typed addresses; answers how to go to a hash. */
export function useHash(
  view: ViewState,
  fingerprint: string,
  dispatch: Dispatch<ViewAction>,
  onAside: (aside: Aside) => void,
): (hash: string) => void {
  const written = useRef(view);
  const waiting = useRef<(() => void) | null>(null);
  const held = useRef(false);

  useEffect(() => {
    const write = (): void => {
      waiting.current = null;
      const hash = toHash(view, fingerprint);
      if (hash !== window.location.hash) {
        const url = hash === '' ? window.location.pathname + window.location.search : hash;
        if (isPlace(written.current, view)) window.history.pushState(null, '', url);
        else window.history.replaceState(null, '', url);
      }
      written.current = view;
    };
    const isStep = isPlace(written.current, view);
    // The step one comes back to is where one really was.
    if (isStep) waiting.current?.();
    if (!held.current || isStep) {
      write();
      return undefined;
    }
    waiting.current = write;
    const timer = setTimeout(write, restMs);
    return () => clearTimeout(timer);
  }, [view, fingerprint]);
  useEffect(() => {
    const down = (): void => {
      held.current = true;
    };
    const up = (): void => {
      held.current = false;
      waiting.current?.();
    };
    const again = ({ repeat }: KeyboardEvent): void => {
      if (repeat) down();
    };
    const listeners = [
      ['pointerdown', down],
      ['pointerup', up],
      ['pointercancel', up],
      ['keyup', up],
      ['blur', up],
      ['pagehide', up],
    ] as const;
    window.addEventListener('keydown', again, true);
    for (const [type, listener] of listeners) window.addEventListener(type, listener, true);
    return () => {
      window.removeEventListener('keydown', again, true);
      for (const [type, listener] of listeners) window.removeEventListener(type, listener, true);
    };
  }, []);

  const restore = useCallback(() => {
    const restored = readHash(fingerprint);
    waiting.current = null;
    written.current = restored.view;
    onAside(restored);
    dispatch({ type: 'restore', view: restored.view });
  }, [fingerprint, dispatch, onAside]);
  useEffect(() => {
    window.addEventListener('popstate', restore);
    return () => window.removeEventListener('popstate', restore);
  }, [restore]);
  return useCallback(
    (hash: string) => {
      waiting.current?.();
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
    from.export.step !== to.export.step ||
    JSON.stringify([from.filter, from.sort]) !== JSON.stringify([to.filter, to.sort])
  );
}
