import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { useCall } from './client.tsx';
import { tableLayouts } from './table-layouts.ts';

/** What the page remembers for the user across files and sessions. */
const settings = z.object({
  /** Null: never chosen. */
  theme: z.enum(['light', 'dark', 'auto']).nullable().catch(null).default(null),
  /** Of the table, by the shape of the files. */
  layouts: tableLayouts.catch([]).default([]),
  /** Counts of the large histogram on a logarithmic axis. */
  logCounts: z.boolean().catch(true).default(true),
});
export type Settings = z.infer<typeof settings>;

export interface SettingsControl {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
}

const start: Settings = settings.parse({});
const SettingsContext = createContext<SettingsControl>({ settings: start, change: () => undefined });

export function useSettings(): SettingsControl {
  return useContext(SettingsContext);
}

const saveAfterMs = 400;

/** Settings live with the shell: a served page changes its origin, and with it loses what a browser stores. */
export function SettingsProvider({ children }: { children: ReactNode }) {
  const call = useCall();
  const [current, setCurrent] = useState(start);
  const unsaved = useRef<Settings | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    call('shell.loadSettings', {}, { signal: abort.signal }).then(
      ({ json }) => setCurrent((now) => (now === start ? readSettings(json) : now)),
      // Settings that cannot be read are as good as none.
      () => undefined,
    );
    return () => abort.abort();
  }, [call]);

  useEffect(() => {
    if (unsaved.current !== current) return undefined;
    const timer = setTimeout(() => {
      call('shell.saveSettings', { json: JSON.stringify(current) }).catch(() => undefined);
    }, saveAfterMs);
    return () => clearTimeout(timer);
  }, [call, current]);

  const change = useCallback((next: Partial<Settings>) => {
    setCurrent((now) => {
      const changed = { ...now, ...next };
      unsaved.current = changed;
      return changed;
    });
  }, []);

  const value = useMemo(() => ({ settings: current, change }), [current, change]);
  return <SettingsContext value={value}>{children}</SettingsContext>;
}

function readSettings(json: string): Settings {
  try {
    const parsed = settings.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : start;
  } catch {
    return start;
  }
}
