import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { optionValue, targetId } from '#shared/model/recipe.ts';
import { useCall } from './client.tsx';
import { tableLayouts } from './table-layouts.ts';

const savedView = z.object({ name: z.string().min(1).max(80), shape: z.string(), hash: z.string().max(20_000) });
export type SavedView = z.infer<typeof savedView>;
export const mostViews = 100;

const savedMapping = z.object({ name: z.string().min(1).max(80), target: targetId, options: z.record(z.string(), optionValue) });
export type SavedMapping = z.infer<typeof savedMapping>;
const mostMappings = 100;

/** All of a kind together leave room for the other settings. */
const mostChars = { views: 30_000, mappings: 8_000 } as const;

/** With a view in front of the others, in place of one of its name and shape. */
export function putView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return withinRoom([view, ...views.filter(({ name, shape }) => name !== view.name || shape !== view.shape)], mostViews, mostChars.views);
}

/** With a mapping in front of the others, in place of one of its name and target. */
export function putMapping(mappings: readonly SavedMapping[], mapping: SavedMapping): SavedMapping[] {
  const others = mappings.filter(({ name, target }) => name !== mapping.name || target !== mapping.target);
  return withinRoom([mapping, ...others], mostMappings, mostChars.mappings);
}

/** The oldest, at the end, make room. */
function withinRoom<Item>(items: readonly Item[], most: number, chars: number): Item[] {
  const next = items.slice(0, most);
  while (next.length > 1 && JSON.stringify(next).length > chars) next.pop();
  return next;
}

/** What the page remembers for the user across files and sessions. */
const settings = z.object({
  /** Null: never chosen. */
  theme: z.enum(['light', 'dark', 'auto']).nullable().catch(null).default(null),
  /** Of the table, by the shape of the files. */
  layouts: tableLayouts.catch([]).default([]),
  /** Views that the user named, by the shape of the files they were made on; their hash says what they show. */
  views: z.array(savedView).max(mostViews).catch([]).default([]),
  /** Mappings of exports that the user named, by their target. */
  mappings: z.array(savedMapping).max(mostMappings).catch([]).default([]),
  /** Counts of the large histogram on a logarithmic axis. */
  logCounts: z.boolean().catch(true).default(true),
  /** Lists with more room to a row. */
  roomy: z.boolean().catch(false).default(false),
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

/** Of a list, in px: what `--rs-row` is to its styles. */
export function useRowHeight(): number {
  return useSettings().settings.roomy ? 36 : 28;
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
