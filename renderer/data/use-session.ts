import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AppError, toAppError } from '#shared/errors.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { useCall } from './client.tsx';

export interface Session {
  /** Null: nothing is open. */
  readonly state: DatasetState | null;
  /** Grants being opened or open. */
  readonly grants: readonly string[];
  readonly opening: boolean;
  /** Why the last attempt failed. */
  readonly error: AppError | null;
  open(grants: readonly string[]): void;
  close(): void;
  /** Stops reading; what has been read stays. */
  stop(): void;
}

/** Between two reports of reading that are shown. */
const reportMs = 250;

/** Opens one dataset at a time and follows how far it has been read. */
export function useSession(): Session {
  const call = useCall();
  const [state, setState] = useState<DatasetState | null>(null);
  const [grants, setGrants] = useState<readonly string[]>([]);
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const watching = useRef<AbortController | null>(null);
  const held = useRef<string | null>(null);

  const leave = useCallback(() => {
    watching.current?.abort();
    watching.current = null;
    const { current } = held;
    held.current = null;
    if (current !== null) void call('dataset.close', { dataset: current }).catch(() => undefined);
  }, [call]);

  const open = useCallback(
    (wanted: readonly string[]) => {
      leave();
      const watch = new AbortController();
      watching.current = watch;
      let told: DatasetState | null = null;
      let toldAt = -Infinity;
      const follow = (next: DatasetState): void => {
        if (watch.signal.aborted) return;
        if (next.phase === 'failed' && next.rows === 0) {
          setError(new AppError('unreadable', next.error ?? 'The file could not be read.'));
          setState(null);
          return;
        }
        // Often enough to be read; the last report of all says how it ended.
        if (next.phase === 'reading' && told !== null && told.lines > 0 && performance.now() - toldAt < reportMs) return;
        told = next;
        toldAt = performance.now();
        // What is drawn for it is drawn in pieces, between which clicks and keys are answered.
        startTransition(() => setState(next));
      };
      setGrants(wanted);
      setOpening(true);
      setError(null);
      void (async () => {
        try {
          const opened = await call('dataset.open', { grants: [...wanted] }, { signal: watch.signal });
          held.current = opened.dataset;
          setOpening(false);
          follow(opened);
          follow(await call('dataset.watch', { dataset: opened.dataset }, { signal: watch.signal, onProgress: follow }));
        } catch (thrown) {
          const failure = toAppError(thrown);
          if (watch.signal.aborted || failure.code === 'cancelled') return;
          setOpening(false);
          setError(failure);
          // What was open before is closed by now.
          if (held.current === null) setState(null);
        }
      })();
    },
    [call, leave],
  );

  const close = useCallback(() => {
    leave();
    setState(null);
    setGrants([]);
    setError(null);
  }, [leave]);

  const stop = useCallback(() => {
    if (held.current !== null) void call('dataset.stop', { dataset: held.current }).catch(() => undefined);
  }, [call]);

  useEffect(() => () => watching.current?.abort(), []);

  return useMemo(() => ({ state, grants, opening, error, open, close, stop }), [state, grants, opening, error, open, close, stop]);
}
