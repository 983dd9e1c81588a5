import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Recent } from '#shared/model/grant.ts';
import { recent } from '#shared/model/grant.ts';
import type { Granted, Grants } from './grants.ts';
import { jsonStore } from './json-store.ts';

/** Size and time of the last change of one file; they tell whether it is as it was. */
const stamp = z.object({ bytes: z.number(), mtimeMs: z.number() });
const remembered = recent
  .pick({ name: true, openedAt: true, rows: true, tasks: true, shape: true })
  .extend({ paths: z.array(z.string()).min(1), stamps: z.array(stamp) });
type Remembered = z.infer<typeof remembered>;

export type Looks = Pick<Recent, 'rows' | 'tasks' | 'shape'>;

/** Datasets that were opened before, latest first, over all runs. */
export interface Recents {
  /** Grants them anew: what was opened once may be opened again. */
  list(): Promise<Recent[]>;
  remember(granted: Granted, looks: Looks): Promise<void>;
  forget(granted: Granted): Promise<void>;
}

const kept = 30;

/** `only`: list just what was granted in this run, as a served page may open nothing else. */
export function recentsIn(file: string, grants: Grants, only: 'everything' | readonly Recent['grant'][] = 'everything'): Recents {
  const store = jsonStore<Remembered[]>(file, z.array(remembered), []);
  const without = (entries: Remembered[], { paths }: Granted): Remembered[] => entries.filter((entry) => keyOf(entry) !== keyOf({ paths }));
  const mayList = (entry: Remembered): boolean => only === 'everything' || only.some((id) => keyOf(grants.get(id)) === keyOf(entry));

  return {
    async list() {
      const entries = (await store.read()).filter(mayList);
      return await Promise.all(
        entries.map(async ({ paths, stamps, name, ...looks }) => ({
          ...(await grants.files(paths, { name })),
          ...looks,
          state: await stateOf(paths, stamps),
        })),
      );
    },
    async remember(granted, looks) {
      const stamps = (await Promise.all(granted.paths.map(stampOf))).filter((found) => found !== undefined);
      const { name } = granted.grant;
      const entry: Remembered = { paths: [...granted.paths], stamps, name, openedAt: new Date().toISOString(), ...looks };
      await store.change((entries) => [entry, ...without(entries, granted)].slice(0, kept));
    },
    forget: (granted) => store.change((entries) => without(entries, granted)),
  };
}

const keyOf = ({ paths }: { readonly paths: readonly string[] }): string => paths.join('\0');

async function stampOf(file: string): Promise<z.infer<typeof stamp> | undefined> {
  return await stat(file).then(
    ({ size, mtimeMs }) => ({ bytes: size, mtimeMs }),
    () => undefined,
  );
}

async function stateOf(paths: readonly string[], stamps: readonly z.infer<typeof stamp>[]): Promise<Recent['state']> {
  const now = await Promise.all(paths.map(stampOf));
  if (now.includes(undefined)) return 'gone';
  const same =
    now.length === stamps.length && now.every((found, i) => found?.bytes === stamps[i]?.bytes && found?.mtimeMs === stamps[i]?.mtimeMs);
  return same ? 'same' : 'changed';
}
